package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientWatchTest {
    /** Times of System.nanoTime may overflow. */
    private static final long START = Long.MAX_VALUE - 5;

    private static final Duration BOUND = Duration.ofSeconds(1);

    private final AtomicInteger watched = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final ClientWatch watch = new ClientWatch(request());

    /** A request that counts look-ups of its connection, which cannot be watched. */
    private Request request() {
        EndPoint endPoint = answering(EndPoint.class, null);
        Connection connection = answering(Connection.class, endPoint);
        ConnectionMetaData data = answering(ConnectionMetaData.class, connection);
        return answering(Request.class, data);
    }

    private <T> T answering(Class<T> type, @Nullable Object answer) {
        Object fake =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> {
                            if (method.getName().equals("getConnectionMetaData")) {
                                watched.incrementAndGet();
                            }
                            return answer;
                        });
        return type.cast(fake);
    }

    @Test
    void aGuestIsWatchedOnceAfterAWhile() {
        watch.look(START);
        watch.begin(cancelled::incrementAndGet, Optional.empty(), START);
        watch.look(START + ClientWatch.AFTER.toNanos() - 1);
        assertThat(watched).hasValue(0);

        watch.look(START + ClientWatch.AFTER.toNanos());
        watch.look(START + ClientWatch.AFTER.toNanos() + 1);

        assertThat(watched).hasValue(1);
        assertThat(cancelled).hasValue(0);
    }

    @Test
    void aHalfClosedClientCountsAsPresentUpToTheBoundOfItsRoute() {
        watch.begin(cancelled::incrementAndGet, Optional.of(BOUND), START);
        long closed = START + ClientWatch.AFTER.toNanos();
        watch.halfClosed(closed);

        watch.look(closed + BOUND.toNanos() - 1);
        assertThat(cancelled).hasValue(0);

        watch.look(closed + BOUND.toNanos());
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void aHalfClosedClientWithoutABoundCountsAsPresent() {
        watch.begin(cancelled::incrementAndGet, Optional.empty(), START);
        watch.halfClosed(START);

        watch.look(START + Duration.ofDays(1).toNanos());

        assertThat(cancelled).hasValue(0);
    }

    @Test
    void aClientThatHasResetIsGoneAtOnce() {
        watch.begin(cancelled::incrementAndGet, Optional.empty(), START);

        watch.reset();

        assertThat(cancelled).hasValue(1);
    }
}
