package dev.jetway.http;

import dev.jetway.base.HostPort;
import dev.jetway.http.ProxyFields.Hop;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the client behind trusted proxies. Each proxy appends the address of the host that sent it
 * the request. So the fields are read from right to left, as long as the proxy that added an
 * element is trusted; elements further left may come from the client. Immutable; safe to share
 * between threads.
 */
public final class ProxyChain {
    /** Maximum number of proxies in a row. */
    public static final int MAX_HOPS = 32;

    private final Predicate<InetAddress> trusted;
    private final boolean none;

    /**
     * A chain of proxies.
     *
     * @param trusted whether fields from an address are believed
     */
    public ProxyChain(Predicate<InetAddress> trusted) {
        this(trusted, false);
    }

    private ProxyChain(Predicate<InetAddress> trusted, boolean none) {
        this.trusted = trusted;
        this.none = none;
    }

    /** A chain without trusted proxies. */
    public static ProxyChain none() {
        return new ProxyChain(address -> false, true);
    }

    /**
     * The request as its client sent it to the first trusted proxy: address, scheme, host and port.
     *
     * @return empty if a proxy's fields cannot be read, or if {@code Forwarded} and {@code
     *     X-Forwarded-For} name two clients: a client has then sent one of the fields, and nothing
     *     tells which
     */
    public Optional<RequestHead> client(RequestHead head) {
        // Most servers have none: their requests cost nothing here.
        if (none) {
            return Optional.of(head);
        }
        if (!(Node.parse(head.remote().address()) instanceof Node.Known peer)
                || !trusted.test(peer.address())) {
            return Optional.of(head);
        }
        Optional<List<Hop>> forwarded = ProxyFields.ofForwarded(head.fields());
        if (forwarded.isEmpty()) {
            return Optional.empty();
        }
        List<Hop> others = ProxyFields.ofXForwarded(head.fields());
        RequestHead first = follow(head, forwarded.get());
        RequestHead second = follow(head, others);
        boolean both = !forwarded.get().isEmpty() && head.field("X-Forwarded-For").isPresent();
        if (both && !first.remote().address().equals(second.remote().address())) {
            return Optional.empty();
        }
        return Optional.of(forwarded.get().isEmpty() ? second : first);
    }

    private RequestHead follow(RequestHead head, List<Hop> hops) {
        Endpoint remote = head.remote();
        Optional<Hop> taken = Optional.empty();
        for (Hop hop : hops.subList(0, Math.min(hops.size(), MAX_HOPS))) {
            if (hop.node() instanceof Node.Malformed) {
                break;
            }
            taken = Optional.of(hop);
            if (!(hop.node() instanceof Node.Known known)) {
                break;
            }
            remote = Endpoint.of(known.address(), known.port());
            if (!trusted.test(known.address())) {
                break;
            }
        }
        Endpoint client = remote;
        return taken.map(hop -> head.from(client, isSecure(head, hop), authority(head, hop)))
                .orElse(head);
    }

    private static boolean isSecure(RequestHead head, Hop hop) {
        return hop.scheme().map("https"::equals).orElse(head.secure());
    }

    private static Optional<String> authority(RequestHead head, Hop hop) {
        Optional<String> host = hop.host().or(head::authority);
        if (hop.port().isEmpty() || hop.host().flatMap(h -> HostPort.split(h).port()).isPresent()) {
            return host;
        }
        return host.map(h -> HostPort.host(h) + ":" + hop.port().get());
    }
}
