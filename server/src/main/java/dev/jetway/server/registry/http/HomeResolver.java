package dev.jetway.server.registry.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;

/**
 * Finds the addresses that may be connected to: all of the host that the operator named; of others,
 * to which that host has sent us, those that are public, or of a kind that the named host has
 * itself. Connections are made to these addresses and no others, so that a name cannot mean one
 * address when it is checked and another when it is used. Safe to share between threads.
 */
final class HomeResolver implements SocketAddressResolver {
    private final String home;
    private final SocketAddressResolver names;
    private final Set<AddressKind> kinds =
            Collections.synchronizedSet(EnumSet.of(AddressKind.PUBLIC));

    /**
     * A resolver.
     *
     * @param home the host that the operator named
     * @param names finds all addresses of a host
     */
    HomeResolver(String home, SocketAddressResolver names) {
        this.home = bare(home);
        this.names = names;
    }

    /** A host without the brackets of IPv6. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** A host leads where it must not. */
    static final class RefusedAddressException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedAddressException(String message) {
            super(message);
        }
    }

    @Override
    public void resolve(
            String host,
            int port,
            Map<String, Object> context,
            Promise<List<InetSocketAddress>> promise) {
        names.resolve(
                host,
                port,
                context,
                new Promise<>() {
                    @Override
                    public void succeeded(List<InetSocketAddress> found) {
                        try {
                            promise.succeeded(permitted(host, found));
                        } catch (RefusedAddressException e) {
                            promise.failed(e);
                        }
                    }

                    @Override
                    public void failed(Throwable reason) {
                        promise.failed(reason);
                    }
                });
    }

    private List<InetSocketAddress> permitted(String host, List<InetSocketAddress> found)
            throws RefusedAddressException {
        if (bare(host).equalsIgnoreCase(home)) {
            found.stream().map(a -> AddressKind.of(a.getAddress())).forEach(kinds::add);
            return found;
        }
        var permitted = new ArrayList<InetSocketAddress>();
        for (InetSocketAddress address : found) {
            AddressKind kind = AddressKind.of(address.getAddress());
            if (kind != AddressKind.SPECIAL && kinds.contains(kind)) {
                permitted.add(address);
            }
        }
        if (permitted.isEmpty()) {
            String kind =
                    found.isEmpty()
                            ? "unknown"
                            : AddressKind.of(found.getFirst().getAddress()).label();
            throw new RefusedAddressException(
                    "leads to "
                            + RegistryException.shown(host)
                            + ", a "
                            + kind
                            + " address, which "
                            + home
                            + " has not itself: refused");
        }
        return permitted;
    }
}
