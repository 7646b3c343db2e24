package dev.jetway.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ThreadNiceTest {
    /** Of the calling thread: proc_pid_stat(5), field 19, counted after the name in brackets. */
    private static int nice() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
    }

    @Test
    void oneThreadYieldsAndItsNeighboursDoNot() throws Exception {
        int own = nice();
        var handle = new CompletableFuture<ThreadNice>();
        var told = new CountDownLatch(1);
        var seen = new CompletableFuture<Integer>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        handle.complete(ThreadNice.ofThisThread());
                        told.await();
                        seen.complete(nice());
                    } catch (Exception e) {
                        seen.completeExceptionally(e);
                    }
                });

        assertThat(handle.get().set(ThreadNice.VERY_LONG_GUEST)).isTrue();
        told.countDown();

        assertThat(seen.get()).isEqualTo(ThreadNice.VERY_LONG_GUEST);
        assertThat(nice()).isEqualTo(own);
    }
}
