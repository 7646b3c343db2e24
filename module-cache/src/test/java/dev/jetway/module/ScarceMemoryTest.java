package dev.jetway.module;

import static dev.jetway.module.Fixtures.call;
import static dev.jetway.module.Fixtures.returning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host without memory for a compilation, which later has some. */
final class ScarceMemoryTest {
    @TempDir private Path folder;
    private final AtomicBoolean scarce = new AtomicBoolean(true);
    private final CountDownLatch asked = new CountDownLatch(1);

    private Thread compiler(Runnable work) {
        if (scarce.get()) {
            try {
                asked.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new OutOfMemoryError("unable to create a thread");
        }
        return new Thread(work);
    }

    @Test
    void allWhoWaitLearnThatMemoryIsShortAndALaterLoadSucceeds() throws Exception {
        Path module = Files.write(folder.resolve("module"), returning(7));
        try (var cache =
                        new ModuleCache(
                                ModuleCacheSettings.in(Optional.empty(), 1), this::compiler);
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var loads = new ArrayList<Future<ModuleLoad>>();
            for (int i = 0; i < 3; i++) {
                loads.add(callers.submit(() -> cache.load(new FileReference(module))));
            }
            asked.countDown();

            for (Future<ModuleLoad> load : loads) {
                assertThatThrownBy(load::get)
                        .cause()
                        .isInstanceOf(ModuleException.class)
                        .hasMessageStartingWith("needs more memory than the host has left: ")
                        .extracting("reason")
                        .isEqualTo(Reason.NO_MEMORY);
            }
            assertThat(cache.statistics().failures()).isEqualTo(3);

            scarce.set(false);
            assertThat(call(cache.load(new FileReference(module)))).isEqualTo(7);
        }
    }
}
