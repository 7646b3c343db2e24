package dev.jetway.server.http;

import java.net.InetSocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.InetAddressSet;

/**
 * Believes {@code Forwarded} (RFC 7239) and {@code X-Forwarded-*} of configured addresses only: for
 * anybody else they are fields like any other.
 */
final class TrustedForwarding implements HttpConfiguration.Customizer {
    private final InetAddressSet trusted = new InetAddressSet();
    private final ForwardedRequestCustomizer forwarded = new ForwardedRequestCustomizer();

    TrustedForwarding(List<String> proxies) {
        trusted.addAll(proxies);
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        boolean known =
                request.getConnectionMetaData().getRemoteSocketAddress()
                                instanceof InetSocketAddress inet
                        && inet.getAddress() != null
                        && trusted.test(inet.getAddress());
        return known ? forwarded.customize(request, responseHeaders) : request;
    }
}
