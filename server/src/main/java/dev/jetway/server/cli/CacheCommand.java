package dev.jetway.server.cli;

import dev.jetway.base.ByteSize;
import dev.jetway.module.StoredModules;
import dev.jetway.module.store.StoredModule;
import dev.jetway.server.cli.text.ByteSizeText;
import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** {@code jetway cache}: shows and repairs the compiled modules on disk, also while servers run. */
final class CacheCommand {
    private static final String FORMAT = "%-64s %10s  %-24s  %s%n";

    private final LaunchEnvironment launch;
    private final InstantSource clock;
    private final PrintWriter out;

    CacheCommand(LaunchEnvironment launch, InstantSource clock, PrintWriter out) {
        this.launch = launch;
        this.clock = clock;
        this.out = out;
    }

    /**
     * The command with its subcommands.
     *
     * @param parent the command above
     * @param common options of all of them
     */
    Command command(String parent, List<CommandOption> common) {
        String path = parent + " cache";
        var list = inner(path + " list", "List them, the last used first.", common, this::list);
        var verify =
                inner(
                        path + " verify",
                        "Remove those that are damaged; exit code 1 if any was.",
                        common,
                        this::verify);
        return new Command(
                path,
                "Show, prune and verify the compiled modules on disk.",
                common,
                Operands.NONE,
                List.of(list, prune(path + " prune", common), verify),
                () -> {
                    throw new CommandFailure("name what to do: jetway cache list, prune or verify");
                });
    }

    /** The work of a subcommand; returns the exit code. */
    private interface Work {
        int on(CacheOptions options) throws IOException, ConfigurationException;
    }

    private static Command inner(
            String path, String description, List<CommandOption> others, Work work) {
        var options = new CacheOptions();
        var all = new ArrayList<>(others);
        all.addAll(options.all());
        return new Command(
                path, description, all, Operands.NONE, List.of(), () -> work.on(options));
    }

    private Command prune(String path, List<CommandOption> common) {
        var choice = new PruneOptions();
        var others = new ArrayList<>(common);
        others.addAll(choice.all());
        return inner(
                path,
                "Remove those that are not needed.",
                others,
                options -> prune(options, choice));
    }

    private int list(CacheOptions options) throws IOException, ConfigurationException {
        print(modules(options).list());
        return 0;
    }

    private int verify(CacheOptions options) throws IOException, ConfigurationException {
        StoredModules modules = modules(options);
        List<StoredModule> damaged = modules.removeDamaged();
        damaged.forEach(
                m -> out.printf("removed: damaged or foreign: %s %s%n", m.digest(), m.variant()));
        out.printf("%d whole, %d removed%n", modules.list().size(), damaged.size());
        return damaged.isEmpty() ? 0 : 1;
    }

    private int prune(CacheOptions options, PruneOptions choice)
            throws IOException, ConfigurationException {
        choice.requireAny();
        StoredModules modules = modules(options);
        int removed = 0;
        if (choice.unused().isPresent()) {
            removed += modules.removeUnused(clock.instant().minus(choice.unused().get())).size();
        }
        if (choice.size().isPresent()) {
            removed += modules.shrink(choice.size().get()).size();
        }
        out.printf("%d removed, %d left%n", removed, modules.list().size());
        return 0;
    }

    private StoredModules modules(CacheOptions options) throws IOException, ConfigurationException {
        try {
            return StoredModules.open(options.folder(launch));
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
