package dev.jetway.sandbox.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much one thread of this process yields to all others: Linux's nice value, which belongs to a
 * thread there (sched(7)). The JVM's own thread priorities do nothing on Linux. Whoever runs
 * without privileges can only ever raise it, so a thread that was made to yield has to end to be
 * rid of it. Where the platform knows no such thing, nothing happens. Safe to share between
 * threads.
 */
public final class ThreadNice {
    /** Below the server's own threads. */
    public static final int GUEST = 4;

    /** Below guests that come and go: a quarter of what one of these gets. */
    public static final int LONG_GUEST = 10;

    /** Below everything: a hundredth of what a thread at 0 gets. */
    public static final int VERY_LONG_GUEST = 19;

    private static final Path SELF = Path.of("/proc/thread-self");
    private static final int PRIO_PROCESS = 0;
    private static final Optional<MethodHandle> SETPRIORITY = find();

    private final int thread;

    private ThreadNice(int thread) {
        this.thread = thread;
    }

    /** Of the calling thread, which must be a platform thread. */
    public static ThreadNice ofThisThread() {
        if (SETPRIORITY.isEmpty()) {
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
     * Makes the thread yield as much as {@code value} says, from any thread.
     *
     * @param value 0 to 19
     * @return whether it does
     */
    public boolean set(int value) {
        // 0 would be the calling thread.
        if (thread == 0 || SETPRIORITY.isEmpty()) {
            return false;
        }
        try {
            return (int) SETPRIORITY.get().invokeExact(PRIO_PROCESS, thread, value) == 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority", e);
        }
    }

    // Native access as for volumes: docs/decisions/0009.
    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> find() {
        if (!Files.exists(SELF)) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("setpriority")
                .map(function ->
                        linker.downcallHandle(
                                function,
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT)));
    }
}
