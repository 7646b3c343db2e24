package dev.jetway.admission;

import dev.jetway.failure.Failure;
import dev.jetway.sandbox.Wait;
import java.util.function.Consumer;

/**
 * The rights and duties of an admitted guest until its end. Used by the guest's thread, except
 * {@link #tick}.
 */
public interface Slot {
    /** When the slot was given, by {@link System#nanoTime}. */
    long since();

    /**
     * Lets another guest run while this one waits for its client.
     *
     * @throws InterruptedException if the thread was interrupted in between
     */
    void park(Wait wait) throws InterruptedException;

    /**
     * Sets the way to end the guest when it is evicted, on any thread, because too many guests wait
     * for their clients or run for long.
     */
    void onEviction(Consumer<Failure> end);

    /**
     * Completes the request after its guest has ended: now, or soon on another thread if this
     * thread runs at a lowered priority, so that it holds nothing that others wait for. The slot is
     * kept until then.
     */
    void complete(Runnable completion);

    /** Starts another guest in the slot; called within {@link #complete}. */
    void again();

    /**
     * Called every few milliseconds while the guest runs, by another thread; never blocks.
     *
     * @param cpuNanos processor time of the run in nanoseconds since the first call
     */
    void tick(long cpuNanos);
}
