package dev.jetway.server.registry.http;

import dev.jetway.base.DurationText;
import dev.jetway.server.registry.http.HomeResolver.RefusedAddressException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Failed requests as sentences.
 *
 * @param time that a conversation may take
 */
record Troubles(Duration time) {
    private static final int MAX_DEPTH = 16;

    /**
     * The reason of a failure.
     *
     * @throws InterruptedException if an interrupt of the caller was the reason
     */
    RegistryException of(Throwable failure, String host) throws InterruptedException {
        String shown = RegistryException.shown(host);
        if (has(failure, InterruptedException.class)
                || has(failure, InterruptedIOException.class)) {
            throw new InterruptedException("a transfer was ended");
        }
        @Nullable RefusedAddressException refused = find(failure, RefusedAddressException.class);
        if (refused != null) {
            return new RegistryException(String.valueOf(refused.getMessage()));
        }
        if (has(failure, UnknownHostException.class)) {
            return new RegistryException("the host " + shown + " is unknown");
        }
        if (has(failure, CertificateException.class)) {
            return new RegistryException(
                    "the certificate of "
                            + shown
                            + " is not trusted: name its authority in 'registry-ca'");
        }
        if (has(failure, SSLException.class)) {
            return new RegistryException(
                    shown
                            + " does not speak TLS as it must: a registry without TLS is named in"
                            + " 'insecure-registries'");
        }
        if (has(failure, ConnectException.class)) {
            return new RegistryException("nothing answers at " + shown);
        }
        if (has(failure, TimeoutException.class)) {
            return new RegistryException(
                    shown
                            + " does not send in time: the whole may take "
                            + DurationText.of(time)
                            + " ('pull-time')");
        }
        return new RegistryException("the connection to " + shown + " was cut");
    }

    /** Whether a connection failed because of a certificate. */
    static boolean isUntrusted(Throwable failure) {
        return has(failure, CertificateException.class);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return find(failure, kind) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> kind) {
        @Nullable Throwable cause = failure;
        for (int i = 0; i < MAX_DEPTH && cause != null; i++) {
            if (kind.isInstance(cause)) {
                return kind.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }
}
