package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ModuleLoaderTest {
    private static final long MEBIBYTE = 1 << 20;

    private final List<String> begun = new CopyOnWriteArrayList<>();

    private byte[] begin(String name) throws ModuleException {
        begun.add(name);
        throw new ModuleException(Reason.MALFORMED, name);
    }

    @Test
    void aSmallModuleDoesNotWaitForThoseThatAreLarge() throws Exception {
        var running = new CountDownLatch(1);
        var open = new CountDownLatch(1);
        try (var loader = new ModuleLoader(Optional.empty(), 1, Thread::new);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var loads = new ArrayList<Future<?>>();
            loads.add(
                    callers.submit(() ->
                            loader.compile(
                                    () -> {
                                        running.countDown();
                                        awaitOpen(open);
                                        return begin("first");
                                    },
                                    1,
                                    "first")));
            running.await();
            loads.add(callers.submit(() -> compile(loader, "large", 64 * MEBIBYTE)));
            awaitWaiting(loader, 1, loads);
            loads.add(callers.submit(() -> compile(loader, "larger", 128 * MEBIBYTE)));
            awaitWaiting(loader, 2, loads);
            loads.add(callers.submit(() -> compile(loader, "small", 1)));
            awaitWaiting(loader, 3, loads);
            open.countDown();

            for (Future<?> load : loads) {
                assertThatThrownBy(load::get).hasCauseInstanceOf(ModuleException.class);
            }
        }
        assertThat(begun).containsExactly("first", "small", "large", "larger");
    }

    @Test
    void asManyAsMayAreCompiledAtOnceAndOneMoreWaits() throws Exception {
        var running = new CountDownLatch(2);
        var open = new CountDownLatch(1);
        try (var loader = new ModuleLoader(Optional.empty(), 2, Thread::new);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var loads = new ArrayList<Future<?>>();
            for (String name : List.of("first", "second")) {
                loads.add(
                        callers.submit(() ->
                                loader.compile(
                                        () -> {
                                            running.countDown();
                                            awaitOpen(open);
                                            return begin(name);
                                        },
                                        1,
                                        name)));
            }
            running.await();
            assertThat(loader.waiting()).isZero();
            loads.add(callers.submit(() -> compile(loader, "third", 1)));
            awaitWaiting(loader, 1, loads);
            assertThat(begun).isEmpty();
            open.countDown();

            for (Future<?> load : loads) {
                assertThatThrownBy(load::get).hasCauseInstanceOf(ModuleException.class);
            }
        }
        assertThat(begun).containsExactlyInAnyOrder("first", "second", "third");
    }

    private CompiledModule compile(ModuleLoader loader, String name, long size)
            throws ModuleException {
        return loader.compile(() -> begin(name), size, name);
    }

    private static void awaitWaiting(ModuleLoader loader, int count, List<Future<?>> loads) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .failFast(() -> loads.stream().anyMatch(Future::isDone))
                .until(() -> loader.waiting() == count);
    }

    private static void awaitOpen(CountDownLatch open) {
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
