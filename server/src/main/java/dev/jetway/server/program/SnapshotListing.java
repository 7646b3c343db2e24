package dev.jetway.server.program;

import dev.jetway.base.LogText;
import dev.jetway.route.ModuleRoute;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.start.SnapshotState;
import java.util.List;
import java.util.stream.Collectors;

/** The snapshots of routes as text. */
public final class SnapshotListing {
    private SnapshotListing() {}

    /** A line for each route or handler with {@code snapshot = true}. */
    public static String of(List<ProgramSlot> programs) {
        return programs.stream()
                .filter(program -> program.configured().action().snapshot())
                .map(program -> line(program.configured(), state(program.state())))
                .collect(Collectors.joining());
    }

    private static String line(ModuleRoute route, String state) {
        return "%s %s %s: %s%n"
                .formatted(
                        route.route().site().name(),
                        LogText.escape(route.route().pattern().text()),
                        LogText.escape(route.action().moduleName()),
                        LogText.escape(state));
    }

    private static String state(LoadState state) {
        return switch (state) {
            case LoadState.Loaded loaded -> state(loaded.program().program());
            case LoadState.NotYet _ -> "not loaded yet";
            case LoadState.Evicted _ -> "not in memory";
            case LoadState.Broken broken -> "cannot be run: " + broken.reason();
        };
    }

    private static String state(Program program) {
        return program.snapshotState().map(SnapshotState::toString).orElse("no snapshot");
    }
}
