package dev.jetway.server.config;

import dev.jetway.cgi.ErrorPages;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.unit.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds for the whole server. Immutable.
 *
 * @param listen where requests come in
 * @param adminListen where metrics and health are served
 * @param tls if TLS is spoken
 * @param trustedProxies addresses and networks whose {@code Forwarded} fields are believed
 * @param hostname the name for requests that have none, {@code HOST[:PORT]}
 * @param moduleCache where compiled modules are kept; the platform's cache folder if empty
 * @param logDirectory where the standard error of guests goes, a file a route; to the log if empty
 * @param guestThreads guests that run at once
 * @param guestQueue requests that wait for a thread
 * @param admissionWait how long one waits
 * @param parkedGuests guests that wait for their clients beside those that run
 * @param requestBody bytes of a request's body
 * @param requestBodyMemory bytes of it kept in memory; above, a temporary file
 * @param responseHead bytes of a guest's header block
 * @param idleTimeout how long a connection may be silent while it is read from or written to
 * @param drain how long running requests may take when the server stops
 * @param errorPages what is shown instead of error pages where the route says nothing else
 * @param limits what a run may use where the route says nothing else
 */
public record ServerSettings(
        ListenAddress listen,
        ListenAddress adminListen,
        Optional<TlsSettings> tls,
        List<String> trustedProxies,
        Optional<String> hostname,
        Optional<Path> moduleCache,
        Optional<Path> logDirectory,
        int guestThreads,
        int guestQueue,
        Duration admissionWait,
        int parkedGuests,
        ByteSize requestBody,
        ByteSize requestBodyMemory,
        ByteSize responseHead,
        Duration idleTimeout,
        Duration drain,
        ErrorPages errorPages,
        GuestLimits limits) {
    /** Copies the list. */
    public ServerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** The same at other addresses, without TLS. */
    public ServerSettings listeningOn(ListenAddress other, ListenAddress otherAdmin) {
        return new ServerSettings(
                other,
                otherAdmin,
                Optional.empty(),
                trustedProxies,
                hostname,
                moduleCache,
                logDirectory,
                guestThreads,
                guestQueue,
                admissionWait,
                parkedGuests,
                requestBody,
                requestBodyMemory,
                responseHead,
                idleTimeout,
                drain,
                errorPages,
                limits);
    }

    /** The same with other error pages. */
    ServerSettings withErrorPages(ErrorPages other) {
        return new ServerSettings(
                listen,
                adminListen,
                tls,
                trustedProxies,
                hostname,
                moduleCache,
                logDirectory,
                guestThreads,
                guestQueue,
                admissionWait,
                parkedGuests,
                requestBody,
                requestBodyMemory,
                responseHead,
                idleTimeout,
                drain,
                other,
                limits);
    }
}
