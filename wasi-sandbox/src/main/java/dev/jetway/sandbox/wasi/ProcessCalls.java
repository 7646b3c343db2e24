package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.List;

/** Functions for arguments, environment and randomness. */
final class ProcessCalls {
    static final List<WasiFunction> ALL =
            List.of(
                    new WasiFunction(
                            "args_get",
                            "ii",
                            (run, memory, a) ->
                                    run.arguments().write(memory, (int) a[0], (int) a[1])),
                    new WasiFunction(
                            "args_sizes_get",
                            "ii",
                            (run, memory, a) ->
                                    run.arguments().writeSizes(memory, (int) a[0], (int) a[1])),
                    new WasiFunction("environ_get", "ii", StartEnvironment::write),
                    new WasiFunction("environ_sizes_get", "ii", StartEnvironment::writeSizes),
                    new WasiFunction("random_get", "ii", ProcessCalls::random),
                    // There are no signals.
                    new WasiFunction("proc_raise", "i", ProcessCalls::unsupported),
                    // Each guest has a thread of its own, which the host's scheduler looks after.
                    new WasiFunction("sched_yield", "", (run, memory, a) -> Interruption.check()));

    private ProcessCalls() {}

    private static void random(WasiRun run, GuestMemory memory, long... a) {
        int address = (int) a[0];
        long left = Integer.toUnsignedLong((int) a[1]);
        memory.require(address, left);
        // No more random bytes than requested: they are not cheap.
        byte[] bytes = new byte[(int) Math.min(left, WasiRun.STEP)];
        while (left > 0) {
            Interruption.check();
            run.random().nextBytes(bytes);
            int step = (int) Math.min(left, bytes.length);
            memory.write(address, bytes, step);
            address += step;
            left -= step;
        }
        if (run.watch() != null) {
            run.watch().random((int) a[0], (int) a[1]);
        }
    }

    private static void unsupported(WasiRun run, GuestMemory memory, long... a) {
        throw Errno.NOTSUP.failure();
    }
}
