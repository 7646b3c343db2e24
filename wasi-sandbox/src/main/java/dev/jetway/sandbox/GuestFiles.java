package dev.jetway.sandbox;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.HostFiles;
import dev.jetway.sandbox.file.LimitsMet;
import dev.jetway.sandbox.file.ScratchRoom;
import dev.jetway.sandbox.wasi.Clocks;
import dev.jetway.sandbox.wasi.Preopen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The volumes of one run and its directory in memory. Used by the run's thread, which closes it.
 */
final class GuestFiles implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final HostFiles host = new HostFiles();
    private final List<Preopen> preopens = new ArrayList<>();
    private final ScratchRoom room;

    GuestFiles(Program program, Clocks clocks, LimitsMet met) {
        room =
                new ScratchRoom(
                        program.limits().files().scratch().bytes(),
                        account(program.resources().memory()),
                        () -> nanos(clocks.realtime()),
                        met);
        for (Volume volume : program.presentVolumes()) {
            preopens.add(new Preopen(volume.guestPath(), root(program, volume, met)));
        }
        // A volume in its place was asked for by name.
        boolean taken =
                program.volumes().stream().anyMatch(v -> v.guestPath().equals(Volume.SCRATCH));
        if (program.limits().files().scratch().bytes() > 0 && !taken) {
            preopens.add(new Preopen(Volume.SCRATCH, HostFiles.scratch(room)));
        }
    }

    private Directory root(Program program, Volume volume, LimitsMet met) {
        return program.resources()
                .volumes()
                .filter(_ -> !volume.readOnly())
                .map(quota -> host.root(volume.hostDirectory(), quota, met))
                .orElseGet(() -> host.root(volume.hostDirectory(), volume.readOnly()));
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

    private static long nanos(Instant time) {
        return time.getEpochSecond() * SECOND + time.getNano();
    }

    List<Preopen> preopens() {
        return preopens;
    }

    @Override
    public void close() {
        host.close();
        room.close();
    }
}
