package dev.jetway.sandbox.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sets the priority of one thread of this process: Linux's nice value, which belongs to a thread
 * there (sched(7)). The JVM's own thread priorities have no effect on Linux. An unprivileged
 * process can only raise the value, so a thread has to end to be rid of it. Does nothing on other
 * platforms. Safe to share between threads.
 */
public final class ThreadNice {
    /** Lower priority than the server's own threads. */
    public static final int GUEST = 4;

    /** Lower priority than short guests: a quarter of what one of these gets. */
    public static final int LONG_GUEST = 10;

    private static final Path SELF = Path.of("/proc/thread-self");
    private static final int PRIO_PROCESS = 0;

    private static final Optional<MethodHandle> SETPRIORITY =
            find("setpriority", JAVA_INT, JAVA_INT, JAVA_INT);
    private final int thread;

    private ThreadNice(int thread) {
        this.thread = thread;
    }

    /** Whether this system has priorities of threads. */
    public static boolean isAvailable() {
        return SETPRIORITY.isPresent();
    }

    /** The calling thread, which must be a platform thread. */
    public static ThreadNice ofThisThread() {
        if (!Files.exists(SELF)) {
            return new ThreadNice(0);
        }
        try {
            return new ThreadNice(
                    Integer.parseInt(String.valueOf(Files.readSymbolicLink(SELF).getFileName())));
        } catch (IOException | NumberFormatException e) {
            return new ThreadNice(0);
        }
    }

    /**
     * Sets the nice value, from any thread.
     *
     * @param value 0 to 19
     * @return whether it was set
     */
    public boolean set(int value) {
        // 0 means the calling thread.
        if (thread == 0 || SETPRIORITY.isEmpty()) {
            return false;
        }
        try {
            return (int) SETPRIORITY.get().invokeExact(PRIO_PROCESS, thread, value) == 0;
        } catch (Throwable e) {
            throw fault(e);
        }
    }

    private static RuntimeException fault(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("a call of the C library", e);
    }

    // Native access as for volumes: docs/decisions/0009.
    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> find(String name, MemoryLayout... arguments) {
        if (!Files.exists(SELF)) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(name)
                .map(function ->
                        linker.downcallHandle(
                                function, FunctionDescriptor.of(JAVA_INT, arguments)));
    }
}
