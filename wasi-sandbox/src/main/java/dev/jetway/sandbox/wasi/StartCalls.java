package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.start.FileLook;
import dev.jetway.sandbox.start.StartWatch;
import java.time.Duration;
import java.util.Set;

/**
 * Tells the watch of a start what a guest calls. A start has calls without an effect only, whose
 * results depend on nothing but the guest, the places of the watch, and files.
 */
final class StartCalls {
    /**
     * Minimum age of a file's last change: a later change may have the same time, by the clock of a
     * file system.
     */
    static final Duration AGE = Duration.ofSeconds(2);

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The number of the first directory, after those of the streams. */
    private static final int FIRST_DIRECTORY = 3;

    private static final Set<String> ALWAYS =
            Set.of(
                    "args_get",
                    "args_sizes_get",
                    "environ_get",
                    "environ_sizes_get",
                    "clock_res_get",
                    "clock_time_get",
                    "random_get",
                    "sched_yield",
                    "fd_prestat_get",
                    "fd_prestat_dir_name",
                    "fd_fdstat_get",
                    "path_open",
                    "path_filestat_get");

    /** Calls on files that the guest has opened; those on the streams have effects. */
    private static final Set<String> ON_FILES =
            Set.of("fd_close", "fd_read", "fd_pread", "fd_seek", "fd_tell", "fd_filestat_get");

    private StartCalls() {}

    /** Tells that a function is about to run. */
    static void announce(WasiRun run, String name, long... arguments) {
        StartWatch watch = run.watch();
        if (watch != null) {
            boolean early =
                    ALWAYS.contains(name)
                            || (ON_FILES.contains(name)
                                    && !run.descriptors().isInitial((int) arguments[0]));
            watch.call(name, early, run.descriptors().areInitial());
        }
    }

    /**
     * Tells of a look at a path.
     *
     * @param number of the directory
     * @param accessTime whether the guest is told the time of the last access
     */
    static void looked(
            WasiRun run, long number, GuestPath path, boolean follow, boolean accessTime) {
        StartWatch watch = run.watch();
        if (watch == null) {
            return;
        }
        if (!run.descriptors().isInitial((int) number)) {
            throw watch.refused("it looks at a file outside of its volumes");
        }
        FileLook look =
                FileLook.at(
                        (int) number - FIRST_DIRECTORY,
                        directory(run, (int) number),
                        path,
                        follow,
                        accessTime);
        if (look.status().filter(status -> isYoung(run, status)).isPresent()) {
            throw watch.tooYoung();
        }
        watch.look(look);
    }

    /** Tells that the guest learns when files were accessed. */
    static void accessTimes(WasiRun run) {
        StartWatch watch = run.watch();
        if (watch != null) {
            watch.lookAgain(look ->
                    FileLook.at(
                            look.directory(),
                            directory(run, look.directory() + FIRST_DIRECTORY),
                            look.path(),
                            look.follow(),
                            true));
        }
    }

    private static Directory directory(WasiRun run, int number) {
        return run.descriptors().folder(number, 0).directory();
    }

    private static boolean isYoung(WasiRun run, FileStatus status) {
        long age = run.clocks().realtime().toEpochMilli() - status.changed() / NANOS_PER_MILLI;
        return age < AGE.toMillis();
    }
}
