package dev.jetway.server.cli;

import dev.jetway.module.StoredModule;
import dev.jetway.module.StoredModules;
import dev.jetway.server.config.ConfigurationException;
import dev.jetway.server.config.DurationText;
import dev.jetway.unit.ByteSize;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jetway cache}: shows and mends the compiled modules on disk; servers may be running. */
@Command(name = "cache", description = "Show, prune and verify the compiled modules on disk.")
final class CacheCommand implements Runnable {
    private static final String FORMAT = "%-64s %10s  %-24s  %s%n";

    private final Surroundings surroundings;
    private final InstantSource clock;
    private final PrintWriter out;

    CacheCommand(Surroundings surroundings, InstantSource clock, PrintWriter out) {
        this.surroundings = surroundings;
        this.clock = clock;
        this.out = out;
    }

    @Override
    public void run() {
        throw new CommandFailure("name what to do: jetway cache list, prune or verify");
    }

    @Command(name = "list", description = "List them, the last used first.")
    int list(@Mixin CacheOptions options) throws IOException, ConfigurationException {
        print(modules(options).list());
        return 0;
    }

    @Command(
            name = "verify",
            description = "Remove those that are damaged; exit code 1 if any was.")
    int verify(@Mixin CacheOptions options) throws IOException, ConfigurationException {
        StoredModules modules = modules(options);
        List<StoredModule> damaged = modules.removeDamaged();
        damaged.forEach(
                m -> out.printf("removed: damaged or foreign: %s %s%n", m.digest(), m.variant()));
        out.printf("%d whole, %d removed%n", modules.list().size(), damaged.size());
        return damaged.isEmpty() ? 0 : 1;
    }

    @Command(name = "prune", description = "Remove those that are not needed.")
    int prune(
            @Mixin CacheOptions options,
            @Option(
                            names = "--unused-for",
                            paramLabel = "TIME",
                            description = "Those not used for that time (720h).")
                    @Nullable String unused,
            @Option(
                            names = "--to-size",
                            paramLabel = "SIZE",
                            description = "Those used longest ago, until no more is left (1GiB).")
                    @Nullable String size,
            @Option(names = "--all", description = "All of them.") boolean all)
            throws IOException, ConfigurationException {
        if (unused == null && size == null && !all) {
            throw new CommandFailure("say which: --unused-for TIME, --to-size SIZE or --all");
        }
        StoredModules modules = modules(options);
        int removed = 0;
        if (unused != null) {
            Instant since =
                    clock.instant().minus(parsed("--unused-for", unused, DurationText::parse));
            removed += modules.removeUnused(since).size();
        }
        if (size != null) {
            removed += modules.shrink(parsed("--to-size", size, ByteSize::parse)).size();
        }
        if (all) {
            removed += modules.shrink(new ByteSize(0)).size();
        }
        out.printf("%d removed, %d left%n", removed, modules.list().size());
        return 0;
    }

    private static <T> T parsed(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(option + ": " + e.getMessage(), e);
        }
    }

    private StoredModules modules(CacheOptions options) throws IOException, ConfigurationException {
        try {
            return StoredModules.open(options.folder(surroundings));
        } catch (IOException e) {
            throw new CommandFailure("the compiled modules cannot be read: " + e.getMessage(), e);
        }
    }

    private void print(List<StoredModule> modules) {
        out.printf(FORMAT, "MODULE (SHA-256)", "SIZE", "LAST USED", "FOR");
        long total = 0;
        for (StoredModule module : modules) {
            total += module.size().bytes();
            out.printf(
                    FORMAT,
                    module.digest(),
                    ByteSizeText.of(module.size()),
                    module.used().truncatedTo(ChronoUnit.SECONDS),
                    module.variant() + (module.current() ? "" : " (another version: not used)"));
        }
        out.printf("%d modules, %s%n", modules.size(), ByteSizeText.of(new ByteSize(total)));
        out.flush();
    }
}
