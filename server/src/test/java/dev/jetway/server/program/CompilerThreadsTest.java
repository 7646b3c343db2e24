package dev.jetway.server.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class CompilerThreadsTest {
    /**
     * Index of the nice value after the name in parentheses: the 19th field of all
     * (proc_pid_stat(5)).
     */
    private static final int NICE_AFTER_NAME = 16;

    @Test
    @EnabledOnOs(OS.LINUX)
    void compilerThreadsHaveALowerPriorityThanRequests() throws Exception {
        var nice = new CompletableFuture<Integer>();

        Thread thread = new CompilerThreads().newThread(() -> nice.complete(niceOfThisThread()));
        thread.start();

        assertThat(nice.get()).isEqualTo(CompilerThreads.NICE);
        assertThat(thread.isDaemon()).isTrue();
    }

    private static int niceOfThisThread() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Integer.parseInt(fields[NICE_AFTER_NAME]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
