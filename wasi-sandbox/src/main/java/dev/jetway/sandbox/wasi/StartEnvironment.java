package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.host.GuestMemory;
import dev.jetway.sandbox.start.EnvironmentPlace;
import dev.jetway.sandbox.start.StartWatch;
import java.util.List;

/**
 * The environment of a guest; where its start is recorded, each variable in a place with room for
 * that of another request.
 */
final class StartEnvironment {
    private StartEnvironment() {}

    static void writeSizes(WasiRun run, GuestMemory memory, long... a) {
        StartWatch watch = run.watch();
        if (watch == null) {
            run.environment().writeSizes(memory, (int) a[0], (int) a[1]);
            return;
        }
        EnvironmentPlace place = watch.place(run.variables());
        memory.writeInt((int) a[0], place.count());
        memory.writeInt((int) a[1], place.size());
    }

    static void write(WasiRun run, GuestMemory memory, long... a) {
        StartWatch watch = run.watch();
        int bytes = (int) a[1];
        if (watch == null) {
            run.environment().write(memory, (int) a[0], bytes);
            return;
        }
        List<byte[]> variables = run.variables();
        EnvironmentPlace place = watch.place(variables);
        for (int i = 0; i < place.count(); i++) {
            memory.writeInt((int) a[0] + i * Integer.BYTES, bytes + place.offset(i));
        }
        memory.write(bytes, watch.content(variables), place.size());
        watch.environment(bytes);
    }
}
