package dev.jetway.admission;

import dev.jetway.sandbox.GuestRun;
import dev.jetway.sandbox.Wait;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the client of one run without counting the time and without a slot. Used by the run's
 * thread.
 */
public final class SlotParking implements Parking {
    private final Slot slot;
    private @Nullable GuestRun run;

    public SlotParking(Slot slot) {
        this.slot = slot;
    }

    /** Sets the run whose streams wait. */
    public void of(GuestRun waiting) {
        run = waiting;
    }

    @Override
    public void through(Wait wait) throws InterruptedException {
        GuestRun waiting = run;
        if (waiting == null) {
            throw new IllegalStateException("a stream was read before its run began");
        }
        // The time until the guest has a slot again does not count either.
        waiting.await(() -> slot.park(wait));
    }
}
