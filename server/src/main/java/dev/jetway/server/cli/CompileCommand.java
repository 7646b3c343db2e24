package dev.jetway.server.cli;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.ModuleLoad;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleException;
import dev.jetway.server.cli.text.ByteSizeText;
import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code jetway compile}: fills the cache before a server needs it. */
final class CompileCommand {
    /** Seconds between two progress messages for a large module. */
    private static final int PROGRESS_SECONDS = 5;

    private final PrintWriter out;
    private final PrintWriter err;

    CompileCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Compiles all modules, even if some fail.
     *
     * @return the exit code: 0 if all are in the cache now
     */
    int run(List<Path> modules, CacheOptions options, LaunchEnvironment launch)
            throws ConfigurationException {
        Optional<Path> folder = Optional.of(options.folder(launch));
        int code = 0;
        try (var cache = new ModuleCache(ModuleCacheSettings.in(folder, launch.processors()));
                ScheduledExecutorService ticker =
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().factory())) {
            for (Path module : modules) {
                if (!compile(
                        cache,
                        ticker,
                        new FileReference(launch.workingDirectory().resolve(module)))) {
                    code = JetwayCommand.ERROR;
                }
            }
            ticker.shutdownNow();
        }
        return code;
    }

    private boolean compile(
            ModuleCache cache, ScheduledExecutorService ticker, FileReference module) {
        String name = module.name();
        long start = System.nanoTime();
        var progress =
                ticker.scheduleAtFixedRate(
                        () ->
                                out.printf(
                                        "%s: %s, compiling for %d s%n",
                                        name,
                                        size(module),
                                        (System.nanoTime() - start) / 1_000_000_000),
                        PROGRESS_SECONDS,
                        PROGRESS_SECONDS,
                        TimeUnit.SECONDS);
        try {
            ModuleLoad load = cache.load(module);
            progress.cancel(false);
            report(name, module, load);
            return true;
        } catch (ModuleException e) {
            progress.cancel(false);
            err.printf("jetway: %s: %s%n", name, e.getMessage());
            return false;
        }
    }

    private void report(String name, FileReference module, ModuleLoad load) {
        out.printf(
                Locale.ROOT,
                "%s: %s, %s in %.1f s%n",
                name,
                size(module),
                load.origin() == ModuleLoad.Origin.COMPILED ? "compiled" : "was there, loaded",
                load.took().toMillis() / 1e3);
        List<String> interpreted = load.module().interpretedFunctions();
        if (!interpreted.isEmpty()) {
            out.printf(
                    "%s: %d too large for the JVM, so interpreted and slow: %s%n",
                    name, interpreted.size(), String.join(", ", interpreted));
        }
        out.flush();
    }

    private static String size(FileReference module) {
        try {
            return ByteSizeText.of(new ByteSize(Files.size(module.path())));
        } catch (IOException e) {
            return "?";
        }
    }
}
