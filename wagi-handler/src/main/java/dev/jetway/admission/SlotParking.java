package dev.jetway.admission;

import dev.jetway.sandbox.GuestRun;
import dev.jetway.sandbox.Wait;
import org.jspecify.annotations.Nullable;

/** Waits for the client of one run, outside of its time and its slot. Used by its thread. */
public final class SlotParking implements Parking {
    private final Slot slot;
    private @Nullable GuestRun run;

    public SlotParking(Slot slot) {
        this.slot = slot;
    }

    /** The run whose streams wait here. */
    public void of(GuestRun waiting) {
        run = waiting;
    }

    @Override
    public void through(Wait wait) throws InterruptedException {
        GuestRun waiting = run;
        if (waiting == null) {
            throw new IllegalStateException("a stream was read before its run began");
        }
        // The time to get a slot again is no time of the guest's either.
        waiting.await(() -> slot.park(wait));
    }
}
