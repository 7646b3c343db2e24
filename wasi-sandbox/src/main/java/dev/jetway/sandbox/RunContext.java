package dev.jetway.sandbox;

import dev.jetway.sandbox.file.FileLimits;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.host.HostContext;
import dev.jetway.sandbox.host.Preopen;
import dev.jetway.sandbox.start.StartWatch;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The view of one run for the services that its guest uses. Used by the run's thread only. */
final class RunContext implements HostContext, AutoCloseable {
    private final Sandbox sandbox;
    private final Program program;
    private final Invocation invocation;
    private final OutputStream stderr;
    private final LimitHits limitHits;
    private final @Nullable StartWatch watch;
    private @Nullable GuestFiles files;

    RunContext(
            Sandbox sandbox,
            Program program,
            Invocation invocation,
            OutputStream stderr,
            LimitHits limitHits) {
        this(sandbox, program, invocation, stderr, limitHits, null);
    }

    /**
     * The view of a run whose start may be recorded.
     *
     * @param watch null if it is not
     */
    RunContext(
            Sandbox sandbox,
            Program program,
            Invocation invocation,
            OutputStream stderr,
            LimitHits limitHits,
            @Nullable StartWatch watch) {
        this.watch = watch;
        this.sandbox = sandbox;
        this.program = program;
        this.invocation = invocation;
        this.stderr = stderr;
        this.limitHits = limitHits;
    }

    @Override
    public List<String> arguments() {
        return invocation.arguments();
    }

    @Override
    public SequencedMap<String, String> environment() {
        return invocation.environment().get();
    }

    @Override
    public InputStream stdin() {
        return invocation.stdin();
    }

    @Override
    public OutputStream stdout() {
        return invocation.stdout();
    }

    @Override
    public OutputStream stderr() {
        return stderr;
    }

    @Override
    public Clocks clocks() {
        return sandbox.clocks();
    }

    @Override
    public RandomGenerator random() {
        return sandbox.random();
    }

    @Override
    public FileLimits fileLimits() {
        return program.limits().files();
    }

    @Override
    public @Nullable StartWatch watch() {
        return watch;
    }

    @Override
    public LimitHits limitHits() {
        return limitHits;
    }

    @Override
    public List<Preopen> preopens() {
        GuestFiles open = files;
        if (open == null) {
            open = new GuestFiles(program, sandbox.clocks(), limitHits);
            files = open;
        }
        return open.preopens();
    }

    @Override
    public void close() {
        if (files != null) {
            files.close();
        }
    }
}
