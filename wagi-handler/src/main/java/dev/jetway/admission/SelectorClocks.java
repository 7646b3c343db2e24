package dev.jetway.admission;

import dev.jetway.sandbox.host.Clocks;
import java.time.Duration;
import java.time.Instant;

/** The host's clocks; a guest that sleeps holds up no connections. */
public final class SelectorClocks implements Clocks {
    @Override
    public Instant realtime() {
        return SYSTEM.realtime();
    }

    @Override
    public long monotonic() {
        return SYSTEM.monotonic();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        SelectorThread.beforeWait();
        SYSTEM.sleep(time);
    }
}
