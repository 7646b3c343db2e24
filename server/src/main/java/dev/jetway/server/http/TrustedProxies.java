package dev.jetway.server.http;

import dev.jetway.http.ProxyChain;
import java.util.List;
import org.eclipse.jetty.util.InetAddressSet;

/** The configured addresses and networks whose proxy fields are trusted. */
public final class TrustedProxies {
    private TrustedProxies() {}

    /**
     * A chain with trusted networks.
     *
     * @param networks {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code ::1}
     */
    public static ProxyChain of(List<String> networks) {
        if (networks.isEmpty()) {
            return ProxyChain.none();
        }
        var trusted = new InetAddressSet();
        trusted.addAll(networks);
        return new ProxyChain(trusted);
    }
}
