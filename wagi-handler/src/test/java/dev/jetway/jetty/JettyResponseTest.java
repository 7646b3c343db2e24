package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.http.ResponseHead;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class JettyResponseTest {
    private static final Duration DELAY = Duration.ofMillis(50);
    private static final ResponseHead HEAD =
            new ResponseHead(200, Optional.empty(), List.of(), OptionalLong.empty());

    private final List<Integer> written = new ArrayList<>();
    private final Deque<Callback> underWay = new ArrayDeque<>();
    // Times of System.nanoTime may overflow.
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final AtomicInteger parked = new AtomicInteger();

    private JettyResponse response(Duration drainWait) {
        var response =
                new JettyResponse(
                        client(),
                        Callback.NOOP,
                        new JettyResponse.Timing(DELAY, drainWait, now::get));
        response.waitThrough(wait -> parked.incrementAndGet());
        response.start(HEAD);
        return response;
    }

    /** A response that accepts writes, and completes them when the test does. */
    private Response client() {
        Request request = fake(Request.class, Map.of());
        return fake(
                Response.class, Map.of("getRequest", request, "getHeaders", HttpFields.build()));
    }

    private <T> T fake(Class<T> type, Map<String, Object> answers) {
        Object fake =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) -> {
                            if (method.getName().equals("write")) {
                                written.add(((ByteBuffer) arguments[1]).remaining());
                                underWay.add((Callback) arguments[2]);
                            }
                            return answers.get(method.getName());
                        });
        return type.cast(fake);
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static byte[] bytes(int count) {
        return new byte[count];
    }

    @Test
    void bytesAreSentAfterTheDelayAndNotBefore() {
        JettyResponse response = response(Duration.ZERO);
        response.write(bytes(7), 0, 7);

        pass(DELAY.minusNanos(1));
        response.tick();
        assertThat(written).isEmpty();

        pass(Duration.ofNanos(1));
        response.tick();
        assertThat(written).containsExactly(7);
    }

    @Test
    void theDelayOfLaterBytesBeginsWithTheFirstOfThem() {
        JettyResponse response = response(Duration.ZERO);
        response.write(bytes(7), 0, 7);
        pass(DELAY);
        response.tick();
        underWay.remove().succeeded();

        pass(DELAY);
        response.write(bytes(3), 0, 3);
        pass(DELAY.minusNanos(1));
        response.write(bytes(2), 0, 2);
        response.tick();
        assertThat(written).containsExactly(7);

        pass(Duration.ofNanos(1));
        response.tick();
        assertThat(written).containsExactly(7, 5);
    }

    @Test
    void aBufferIsSentWhenItIsFullAndNotBefore() {
        JettyResponse response = response(Duration.ZERO);

        response.write(bytes(JettyResponse.BUFFER), 0, JettyResponse.BUFFER);
        assertThat(written).isEmpty();

        response.write(bytes(1), 0, 1);
        assertThat(written).containsExactly(JettyResponse.BUFFER);
    }

    @Test
    void aGuestFillsASecondBufferWhileTheFirstIsSent() {
        JettyResponse response = response(Duration.ofDays(1));

        response.write(bytes(2 * JettyResponse.BUFFER), 0, 2 * JettyResponse.BUFFER);

        assertThat(written).containsExactly(JettyResponse.BUFFER);
        assertThat(parked).hasValue(0);
    }

    @Test
    void aGuestWhoseClientReadsWithinTheWaitKeepsItsSlot() throws Exception {
        JettyResponse response = response(Duration.ofDays(1));
        response.write(bytes(2 * JettyResponse.BUFFER), 0, 2 * JettyResponse.BUFFER);
        Thread guest = Thread.ofPlatform().start(() -> response.write(bytes(1), 0, 1));

        await().until(() -> guest.getState() == Thread.State.TIMED_WAITING);
        underWay.remove().succeeded();
        guest.join();

        assertThat(written).containsExactly(JettyResponse.BUFFER, JettyResponse.BUFFER);
        assertThat(parked).hasValue(0);
    }

    @Test
    void aGuestWhoseClientReadsLaterLeavesItsSlot() {
        JettyResponse response = response(Duration.ofMillis(1));
        response.write(bytes(2 * JettyResponse.BUFFER), 0, 2 * JettyResponse.BUFFER);
        response.waitThrough(wait -> {
            parked.incrementAndGet();
            underWay.remove().succeeded();
            wait.await();
        });

        response.write(bytes(1), 0, 1);

        assertThat(parked).hasValue(1);
        assertThat(written).containsExactly(JettyResponse.BUFFER, JettyResponse.BUFFER);
    }

    @Test
    void theDefaultsAreFiftyMillisecondsAndOne() {
        assertThat(JettyResponse.Timing.DEFAULT.delay()).isEqualTo(Duration.ofMillis(50));
        assertThat(JettyResponse.Timing.DEFAULT.drainWait()).isEqualTo(Duration.ofMillis(1));
    }
}
