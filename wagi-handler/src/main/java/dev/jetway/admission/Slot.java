package dev.jetway.admission;

import dev.jetway.failure.Failure;
import dev.jetway.sandbox.Wait;
import java.util.function.Consumer;

/**
 * What an admitted guest has of the server until it ends. Used by the guest's thread, but for
 * {@link #tick}.
 */
public interface Slot {
    /** When it was given, by {@link System#nanoTime}. */
    long since();

    /**
     * Lets another guest run while this one waits for its client.
     *
     * @throws InterruptedException if the thread was interrupted in between
     */
    void park(Wait wait) throws InterruptedException;

    /**
     * Says how the guest is ended, from any thread, if there are too many like it: of those that
     * wait for their clients, or that have run for long.
     */
    void onEviction(Consumer<Failure> end);

    /**
     * Completes the guest's request once the guest has ended: now, or soon and on another thread if
     * this one's priority has been lowered, so that it holds nothing that others wait for. The slot
     * is kept until then.
     */
    void complete(Runnable completion);

    /** Another guest begins in the same slot, from within {@link #complete}. */
    void again();

    /**
     * Called every few milliseconds while the guest runs, by another thread; never blocks.
     *
     * @param cpuNanos time of the run on a processor, in nanoseconds since the first look at it
     */
    void tick(long cpuNanos);
}
