package dev.jetway.sandbox.wasi;

import dev.jetway.base.UnixTime;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.List;

/** Functions for clocks. */
final class ClockCalls {
    static final List<WasiFunction> ALL =
            List.of(
                    new WasiFunction("clock_res_get", "ii", ClockCalls::resolution),
                    new WasiFunction("clock_time_get", "iIi", ClockCalls::time));

    private static final int REALTIME = 0;
    private static final int MONOTONIC = 1;

    /** Resolution in nanoseconds: that of the host's values, not their precision. */
    private static final long RESOLUTION = 1;

    private ClockCalls() {}

    /**
     * Time of a clock in nanoseconds; an unknown clock is {@code inval}, as clockid's note says.
     */
    static long now(Clocks clocks, int id) {
        return switch (id) {
            case REALTIME -> UnixTime.nanos(clocks.realtime());
            case MONOTONIC -> clocks.monotonic();
            default -> throw Errno.INVAL.failure();
        };
    }

    private static void resolution(WasiRun run, GuestMemory memory, long... a) {
        now(run.clocks(), (int) a[0]);
        memory.writeLong((int) a[1], RESOLUTION);
    }

    private static void time(WasiRun run, GuestMemory memory, long... a) {
        memory.writeLong((int) a[2], now(run.clocks(), (int) a[0]));
        if (run.watch() != null) {
            run.watch().time((int) a[2], (int) a[0] == REALTIME);
        }
    }
}
