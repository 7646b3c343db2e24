package dev.jetway.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class ThreadNiceTest {
    private static final int NICE = 16;

    /** Nice value of the calling thread: proc_pid_stat(5), field 19, counted after the name. */
    private static int field(int number) throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[number]);
    }

    /** The value of a field of a thread after another thread has changed it. */
    private static int after(Predicate<ThreadNice> change, int number) throws Exception {
        var handle = new CompletableFuture<ThreadNice>();
        var told = new CountDownLatch(1);
        var seen = new CompletableFuture<Integer>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        handle.complete(ThreadNice.ofThisThread());
                        told.await();
                        seen.complete(field(number));
                    } catch (Exception e) {
                        seen.completeExceptionally(e);
                    }
                });
        assertThat(change.test(handle.get())).isTrue();
        told.countDown();
        return seen.get();
    }

    @Test
    void oneThreadComesBehindAndItsNeighboursDoNot() throws Exception {
        int own = field(NICE);

        assertThat(after(t -> t.set(ThreadNice.LONG_GUEST), NICE)).isEqualTo(ThreadNice.LONG_GUEST);
        assertThat(field(NICE)).isEqualTo(own);
    }
}
