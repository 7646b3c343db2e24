package dev.jetway.sandbox.host;

import java.util.function.Supplier;

/** The state of one service for one run. Used by the run's thread, which closes it. */
public interface HostRun extends AutoCloseable {
    /** Runs a guest whose calls find this, by a scoped value of the thread. */
    <T> T run(Supplier<T> guest);

    /**
     * Called once before {@link #close}, on the run's thread, which may be interrupted.
     *
     * @param byItself whether the guest has exited; otherwise a limit, a trap or its client's end
     *     has ended it
     */
    default void ended(boolean byItself) {}

    /**
     * Called once, however the guest has ended. Must not wait: the thread may be interrupted. An
     * exception is a fault of the host; other services are closed all the same.
     */
    @Override
    void close();
}
