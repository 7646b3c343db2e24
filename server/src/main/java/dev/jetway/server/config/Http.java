package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPages;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import java.time.Duration;
import java.util.List;

/**
 * Settings of connections and messages. Immutable.
 *
 * @param requestBodyMemory bytes of a request's body kept in memory; a larger body goes to a
 *     temporary file
 * @param responseHead bytes of a guest's header block
 * @param idleTimeout maximum silence of a connection while it is read or written
 * @param shutdownTimeout maximum time of running requests when the server stops
 * @param errorPages replacements of error pages where the route has none
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

    /** The keys of {@code [server]}. */
    static final List<Key<?>> KEYS = List.of(IDLE_TIMEOUT, SHUTDOWN_TIMEOUT);

    /** The keys of {@code [limits]} that no route has. */
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
