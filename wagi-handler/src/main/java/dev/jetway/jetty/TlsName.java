package dev.jetway.jetty;

import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;

/** The host that a client has named when it opened a TLS connection (RFC 6066 §3). */
final class TlsName {
    private TlsName() {}

    /** Whether the TLS connection of a request was opened for another host. */
    static boolean differs(Request request) {
        return of(request).filter(name -> !name.equals(host(request))).isPresent();
    }

    private static Optional<String> of(Request request) {
        if (!(request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData data)
                || !(data.sslSession() instanceof ExtendedSSLSession session)) {
            return Optional.empty();
        }
        for (SNIServerName name : session.getRequestedServerNames()) {
            if (name instanceof SNIHostName host) {
                return Optional.of(canonical(host.getAsciiName()));
            }
        }
        return Optional.empty();
    }

    private static String host(Request request) {
        return canonical(String.valueOf(Request.getServerName(request)));
    }

    /** The host in lower case, without the dot of the root. */
    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
