package dev.jetway.sandbox;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A guest of src/test/guests, compiled once, and runs of it. */
final class GuestProgram {
    static final Path SOURCES = Path.of("src", "test", "guests").toAbsolutePath();

    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final Duration TIME = Duration.ofSeconds(30);

    private final Path module;
    private final List<Volume> volumes;
    private final LinkedHashMap<String, String> environment = new LinkedHashMap<>();
    private boolean ofSite;
    private Resources resources = Resources.unlimited();
    private InputStream stdin = InputStream.nullInputStream();
    private GuestLimits limits = GuestLimits.DEFAULT.withWallTime(TIME);

    GuestProgram(String module, Volume... volumes) {
        this(SOURCES.resolve(module), volumes);
    }

    GuestProgram(Path module, Volume... volumes) {
        this.module = module;
        this.volumes = List.of(volumes);
    }

    GuestProgram with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    GuestProgram reading(String text) {
        return reading(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    GuestProgram reading(InputStream stream) {
        stdin = stream;
        return this;
    }

    GuestProgram ofSite() {
        ofSite = true;
        return this;
    }

    GuestProgram within(Duration limit) {
        return limited(l -> l.withWallTime(limit));
    }

    GuestProgram within(Quota quota) {
        resources = new Resources(resources.memory(), Optional.of(quota));
        return this;
    }

    GuestProgram limited(UnaryOperator<GuestLimits> change) {
        limits = change.apply(limits);
        return this;
    }

    /** The end of a run and its output. */
    record Result(RunReport report, String out, String err) {}

    Result run(Sandbox sandbox, String... arguments) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        RunReport report = prepare(sandbox, out, err, arguments).execute();
        return new Result(
                report, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    GuestRun prepare(Sandbox sandbox, OutputStream out, OutputStream err, String... arguments)
            throws Exception {
        return sandbox.prepare(
                program(),
                new Invocation(List.of(arguments), environment, stdin, out, err, _ -> {}));
    }

    Program program() throws Exception {
        return Program.prepare(
                MODULES.load(new FileReference(module)).module(),
                new GuestSetup("_start", limits, volumes, TestSandbox.WASI, ofSite),
                resources);
    }
}
