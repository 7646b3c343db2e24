package dev.jetway.sandbox;

import dev.jetway.base.UnixTime;
import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.file.linux.HostFiles;
import dev.jetway.sandbox.file.memory.ScratchRoom;
import dev.jetway.sandbox.file.mount.MountRoot;
import dev.jetway.sandbox.host.Clocks;
import dev.jetway.sandbox.host.Preopen;
import dev.jetway.sandbox.memory.MemoryAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The volumes of one run and its directory in memory. Used by the run's thread, which closes it.
 */
final class GuestFiles implements AutoCloseable {
    private static final String ROOT = "/";

    private final List<Preopen> preopens = new ArrayList<>();
    private final Program program;
    private final LimitHits limitHits;
    private @Nullable HostFiles host;
    private @Nullable ScratchRoom room;
    private @Nullable MountRoot root;

    GuestFiles(Program program, Clocks clocks, LimitHits limitHits) {
        this.program = program;
        this.limitHits = limitHits;
        List<Volume> volumes = program.presentVolumes();
        if (program.hasRoot()) {
            root = new MountRoot();
        }
        if (!volumes.isEmpty()) {
            var files = new HostFiles(program.resources().modes(), program.isOfSite());
            host = files;
            for (Volume volume : volumes) {
                add(volume.guestPath(), root(files, volume));
            }
        }
        // Not the first, which is Go's working directory; not after what belongs to one request.
        if (root != null) {
            preopens.add(new Preopen(ROOT, root.directory()));
        }
        if (hasScratch()) {
            room = room(clocks);
            add(Volume.SCRATCH, HostFiles.scratch(room));
        }
    }

    private void add(String name, Directory directory) {
        preopens.add(new Preopen(name, root == null ? directory : root.add(name, directory)));
    }

    /** Whether the run has a directory in memory; a volume of that name takes its place. */
    private boolean hasScratch() {
        return program.limits().files().scratch().bytes() > 0
                && program.volumes().stream().noneMatch(v -> v.guestPath().equals(Volume.SCRATCH));
    }

    private Directory root(HostFiles files, Volume volume) {
        return program.resources()
                .volumes()
                .filter(_ -> !volume.readOnly())
                .map(quota -> files.root(volume.hostDirectory(), quota, limitHits))
                .orElseGet(() -> files.root(volume.hostDirectory(), volume.readOnly()));
    }

    private ScratchRoom room(Clocks clocks) {
        return new ScratchRoom(
                program.limits().files().scratch().bytes(),
                account(program.resources().memory()),
                () -> UnixTime.nanos(clocks.realtime()),
                limitHits);
    }

    private static ScratchRoom.Account account(MemoryAccount memory) {
        return new ScratchRoom.Account() {
            @Override
            public Optional<String> reserve(long bytes) {
                return memory.reserve(bytes);
            }

            @Override
            public void release(long bytes) {
                memory.release(bytes);
            }
        };
    }

    List<Preopen> preopens() {
        return preopens;
    }

    @Override
    public void close() {
        if (root != null) {
            root.close();
        }
        if (host != null) {
            host.close();
        }
        if (room != null) {
            room.close();
        }
    }
}
