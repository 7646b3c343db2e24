package dev.jetway.sandbox.wasi;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileLimits;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.host.GuestFault;
import dev.jetway.sandbox.host.GuestMemory;
import dev.jetway.sandbox.host.HostContext;
import dev.jetway.sandbox.host.HostRun;
import dev.jetway.sandbox.host.Preopen;
import dev.jetway.sandbox.start.EnvironmentPlace;
import dev.jetway.sandbox.start.StartWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The state of WASI for one run. Host functions find it by a scoped value of the run's thread, so
 * that a module's imports are made once and not for each run. Used by that thread only, which must
 * close it.
 */
final class WasiRun implements HostRun {
    private static final ScopedValue<WasiRun> CURRENT = ScopedValue.newInstance();

    /**
     * Maximum number of bytes moved by one step of a transfer; between two steps the run checks for
     * its end.
     */
    static final int STEP = 64 * 1024;

    private final TextBlock arguments;
    private final TextBlock environment;
    private final Clocks clocks;
    private final RandomGenerator random;
    private final FileLimits limits;
    private final LimitHits limitHits;
    private final Descriptors descriptors;
    private final RunLocks locks = new RunLocks();
    private final HostContext guest;
    private final @Nullable StartWatch watch;
    private @Nullable GuestMemory memory;
    private byte @Nullable [] buffer;

    /** Opens the state: descriptors 0, 1, 2 are the streams, directories follow from 3 on. */
    WasiRun(HostContext guest) {
        this.guest = guest;
        this.watch = guest.watch();
        this.arguments = TextBlock.arguments(guest);
        this.environment = TextBlock.environment(guest);
        this.clocks = guest.clocks();
        this.random = guest.random();
        this.limits = guest.fileLimits();
        this.limitHits = guest.limitHits();
        this.descriptors =
                new Descriptors(
                        limits.descriptors(),
                        limitHits,
                        List.of(
                                new Descriptor.Input(guest.stdin()),
                                new Descriptor.Output(guest.stdout()),
                                new Descriptor.Output(guest.stderr())),
                        this::directories);
    }

    private List<Descriptor> directories() {
        var opened = new ArrayList<Descriptor>();
        for (Preopen preopen : guest.preopens()) {
            opened.add(
                    new Descriptor.Folder(
                            preopen.directory(),
                            Optional.of(preopen.name()),
                            Rights.DIRECTORY,
                            Rights.DIRECTORY | Rights.FILE));
        }
        return opened;
    }

    @Override
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
            known = new GuestMemory(present);
            memory = known;
        }
        return known;
    }

    /** Reads a path; one that is too long is refused before it is copied. */
    byte[] readPath(GuestMemory from, int address, int length) {
        from.require(address, Integer.toUnsignedLong(length));
        if (Integer.compareUnsigned(length, limits.pathLength()) > 0) {
            limitHits.add("path-length");
            throw Errno.NAMETOOLONG.failure();
        }
        return from.read(address, length);
    }

    FileLimits limits() {
        return limits;
    }

    LimitHits limitHits() {
        return limitHits;
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

    /** The watch of this run, if its start is recorded. */
    @Nullable StartWatch watch() {
        return watch;
    }

    /** The variables of the environment as the watch of a start lays them out. */
    List<byte[]> variables() {
        return EnvironmentPlace.encoded(guest.environment());
    }

    Descriptors descriptors() {
        return descriptors;
    }

    RunLocks locks() {
        return locks;
    }

    /**
     * A buffer for transfers, valid until the next call.
     *
     * @param length minimum size; at most {@link #STEP}
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
    public void ended(boolean byItself) {
        locks.release(byItself);
    }

    @Override
    public void close() {
        descriptors.close();
    }
}
