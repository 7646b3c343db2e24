package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPages;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import java.time.Duration;
import java.util.List;

/**
 * How connections and messages are handled. Immutable.
 *
 * @param requestBodyMemory bytes of a request's body kept in memory; above, a temporary file
 * @param responseHead bytes of a guest's header block
 * @param idleTimeout how long a connection may be silent while it is read from or written to
 * @param shutdownTimeout how long running requests may take when the server stops
 * @param errorPages what is shown instead of error pages where the route says nothing else
 */
public record Http(
        ByteSize requestBodyMemory,
        ByteSize responseHead,
        Duration idleTimeout,
        Duration shutdownTimeout,
        ErrorPages errorPages) {
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    static final Key<ByteSize> REQUEST_BODY_MEMORY =
            Key.size("request-body-memory", new ByteSize(0), ByteSize.ofMebibytes(256))
                    .or(ByteSize.ofKibibytes(64));
    static final Key<ByteSize> RESPONSE_HEAD =
            Key.size("response-head", new ByteSize(256), ByteSize.ofMebibytes(1))
                    .or(ByteSize.ofKibibytes(32));
    static final Key<Duration> IDLE_TIMEOUT =
            Key.time("idle-timeout", Duration.ofMillis(100), MAX_TIMEOUT)
                    .or(Duration.ofSeconds(30));
    static final Key<Duration> SHUTDOWN_TIMEOUT =
            Key.time("shutdown-timeout", Duration.ZERO, MAX_TIMEOUT).or(Duration.ofMillis(500));

    /** Those of {@code [server]}. */
    static final List<Key<?>> KEYS = List.of(IDLE_TIMEOUT, SHUTDOWN_TIMEOUT);

    /** Those of {@code [limits]}, which no route has. */
    static final List<Key<?>> LIMIT_KEYS = List.of(REQUEST_BODY_MEMORY, RESPONSE_HEAD);

    static Http of(KeyValues values, ErrorPages errorPages) {
        return new Http(
                values.get(REQUEST_BODY_MEMORY),
                values.get(RESPONSE_HEAD),
                values.get(IDLE_TIMEOUT),
                values.get(SHUTDOWN_TIMEOUT),
                errorPages);
    }
}
