package dev.jetway.cgi;

import dev.jetway.sandbox.GuestRun;
import dev.jetway.sandbox.Wait;
import org.jspecify.annotations.Nullable;

/** Waits for the client of one run, outside of its time and its place. Used by its thread. */
final class ParkedWait implements ClientWait {
    private final Place place;
    private @Nullable GuestRun run;

    ParkedWait(Place place) {
        this.place = place;
    }

    /** The run whose streams wait here. */
    void of(GuestRun waiting) {
        run = waiting;
    }

    @Override
    public void through(Wait wait) throws InterruptedException {
        GuestRun waiting = run;
        if (waiting == null) {
            throw new IllegalStateException("a stream was read before its run began");
        }
        // The time to get a place again is no time of the guest's either.
        waiting.await(() -> place.park(wait));
    }
}
