package dev.jetway.admission;

import dev.jetway.failure.Failure;
import dev.jetway.sandbox.Wait;
import java.util.function.Consumer;

/**
 * What an admitted guest has of the server until it ends. Used by the guest's thread, but for
 * {@link #pulse}.
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
     * Does what is left to do once the guest has ended: now, or soon and on another thread, if this
     * one has been put behind all others and so must not hold what others wait for. The place is
     * kept until then.
     */
    void afterwards(Runnable rest);

    /** Another guest begins in the same place, from within {@link #afterwards}. */
    void again();

    /** Called every few milliseconds while the guest runs, by another thread; never blocks. */
    void pulse();
}
