package dev.jetway.sandbox;

import dev.jetway.module.CompiledModule;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.StartCode;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A guest whose start is recorded, and the same without. */
final class StartedGuest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));

    private final Sandbox sandbox;
    private final FileReference file;
    private final CompiledModule module;
    private final Program plain;
    private final Program started;

    StartedGuest(Sandbox sandbox, Path file, Volume... volumes) throws Exception {
        this(sandbox, file, GuestLimits.DEFAULT, volumes);
    }

    StartedGuest(Sandbox sandbox, Path file, GuestLimits limits, Volume... volumes)
            throws Exception {
        this.sandbox = sandbox;
        this.file = new FileReference(file);
        this.module = MODULES.load(this.file).module();
        this.plain = TestSandbox.program(module, "_start", limits, List.of(volumes));
        this.started = TestSandbox.program(module, "_start", limits, List.of(volumes));
    }

    /** The environment, and what is read from the standard input. */
    record Request(LinkedHashMap<String, String> environment, String body) {
        static Request of(String body, String... pairs) {
            var environment = new LinkedHashMap<String, String>();
            for (int i = 0; i < pairs.length; i += 2) {
                environment.put(pairs[i], pairs[i + 1]);
            }
            return new Request(environment, body);
        }
    }

    /** The end of a run and its output. */
    record Answer(RunOutcome outcome, long memory, String text) {}

    /** Takes a snapshot; returns the reason why there is none. */
    Optional<String> take(Request request) {
        return take(sandbox.snapshots(), request);
    }

    Optional<String> take(SnapshotTaker taker, Request request) {
        return take(taker, request, this::code);
    }

    Optional<String> take(SnapshotTaker taker, Request request, SnapshotTaker.Code code) {
        return taker.takeNow(started, invocation(request, OutputStream.nullOutputStream()), code);
    }

    StartCode code() throws ModuleException {
        return MODULES.startCode(file, module);
    }

    /** Takes snapshots in the background from now on. */
    void takeLater() {
        sandbox.takeSnapshots(started, "guest", this::code);
    }

    /** The program that may begin with a snapshot. */
    Program program() {
        return started;
    }

    Answer answer(Request request) {
        return answer(started, request);
    }

    Answer ordinaryAnswer(Request request) {
        return answer(plain, request);
    }

    private Answer answer(Program program, Request request) {
        var out = new ByteArrayOutputStream();
        RunReport report = sandbox.prepare(program, invocation(request, out)).execute();
        return new Answer(
                report.outcome(), report.memory().bytes(), out.toString(StandardCharsets.UTF_8));
    }

    private static Invocation invocation(Request request, OutputStream out) {
        return new Invocation(
                List.of("guest"),
                request.environment(),
                new ByteArrayInputStream(request.body().getBytes(StandardCharsets.UTF_8)),
                out,
                OutputStream.nullOutputStream(),
                _ -> {});
    }
}
