package dev.jetway.sandbox.wasi;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import dev.jetway.sandbox.file.FileLimits;
import dev.jetway.sandbox.file.LimitHits;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state of one guest behind its host functions, which find it by the thread that runs the
 * guest: so a module's imports are made once and not for each run. Used by that thread only, which
 * must close it.
 */
public final class WasiRun implements AutoCloseable {
    private static final ScopedValue<WasiRun> CURRENT = ScopedValue.newInstance();

    /** Bytes that one step of a transfer moves; between two the run looks for its end. */
    static final int STEP = 64 * 1024;

    private final TextBlock arguments;
    private final TextBlock environment;
    private final Clocks clocks;
    private final RandomGenerator random;
    private final FileLimits limits;
    private final LimitHits met;
    private final Descriptors descriptors;
    private @Nullable GuestMemory memory;
    private byte @Nullable [] buffer;

    /**
     * A guest's world.
     *
     * @param arguments the program's name first
     * @param environment each {@code NAME=VALUE}; asked for when the guest asks
     * @param random must be fit for keys
     * @param limits of what it does with files
     * @param met is told of those limits that it meets
     */
    public WasiRun(
            List<String> arguments,
            Supplier<List<String>> environment,
            Clocks clocks,
            RandomGenerator random,
            FileLimits limits,
            LimitHits met) {
        this.arguments = new TextBlock(() -> arguments);
        this.environment = new TextBlock(environment);
        this.clocks = clocks;
        this.random = random;
        this.limits = limits;
        this.met = met;
        this.descriptors = new Descriptors(limits.descriptors(), met);
    }

    /** Gives it descriptors 0, 1, 2, and the directories from 3 on. */
    public WasiRun open(
            InputStream stdin, OutputStream stdout, OutputStream stderr, List<Preopen> preopens) {
        descriptors.give(new Descriptor.Input(stdin));
        descriptors.give(new Descriptor.Output(stdout));
        descriptors.give(new Descriptor.Output(stderr));
        for (Preopen preopen : preopens) {
            descriptors.give(
                    new Descriptor.Folder(
                            preopen.directory(),
                            Optional.of(preopen.name()),
                            Rights.DIRECTORY,
                            Rights.DIRECTORY | Rights.FILE));
        }
        return this;
    }

    /** Runs something that calls host functions on this thread, for this guest. */
    public <T> T run(Supplier<T> guest) {
        return ScopedValue.where(CURRENT, this).call(guest::get);
    }

    static WasiRun current() {
        return CURRENT.get();
    }

    GuestMemory memory(Instance instance) {
        Memory present = instance.memory();
        if (present == null) {
            throw new GuestFault();
        }
        GuestMemory known = memory;
        if (known == null || !known.wraps(present)) {
            known = new GuestMemory(present, limits.pathLength(), met);
            memory = known;
        }
        return known;
    }

    FileLimits limits() {
        return limits;
    }

    LimitHits met() {
        return met;
    }

    TextBlock arguments() {
        return arguments;
    }

    TextBlock environment() {
        return environment;
    }

    Clocks clocks() {
        return clocks;
    }

    RandomGenerator random() {
        return random;
    }

    Descriptors descriptors() {
        return descriptors;
    }

    /**
     * Bytes for what goes through the host, until the next call.
     *
     * @param length how many at least; {@link #STEP} at most
     */
    byte[] buffer(int length) {
        byte[] made = buffer;
        if (made == null || made.length < length) {
            made = new byte[length];
            buffer = made;
        }
        return made;
    }

    @Override
    public void close() {
        descriptors.close();
    }
}
