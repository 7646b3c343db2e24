package dev.jetway.server.cli;

import dev.jetway.base.LogText;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.site.EffectiveValue;
import dev.jetway.server.config.site.SiteCreator;
import dev.jetway.server.config.site.SiteStatus;
import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code jetway sites} and {@code jetway check}: a provider's commands for sites. */
final class SiteCommands {
    private static final String SITE_FORMAT = "%-32s %-24s %-40s %s%n";
    private static final String VALUE_FORMAT = "%-36s %-32s %s%n";

    private final LaunchEnvironment launch;
    private final PrintWriter out;

    SiteCommands(LaunchEnvironment launch, PrintWriter out) {
        this.launch = launch;
        this.out = out;
    }

    /** The arguments of one command. */
    private static final class Arguments {
        private final List<String> words = new ArrayList<>();
        private final List<String> hosts = new ArrayList<>();
        private @Nullable String config;
        private @Nullable String plan;
        private @Nullable String page;
        private boolean json;

        CommandOption configuration() {
            return CommandOption.of(
                    List.of("-c", "--config"),
                    "DIR",
                    "The folder of jetway.toml (default: conf).",
                    text -> config = text);
        }
    }

    /** The work of a command; returns the exit code. */
    private interface Work {
        int run(Arguments given) throws IOException, ConfigurationException;
    }

    /**
     * The command {@code sites} with its subcommands.
     *
     * @param common options of all of them
     */
    Command sites(String parent, List<CommandOption> common) {
        String path = parent + " sites";
        var given = new Arguments();
        var options = new ArrayList<>(common);
        options.add(given.configuration());
        return new Command(
                path,
                "List the sites that are folders, or say what holds for one and why.",
                options,
                Operands.optional("SITE", "The name of a site.", given.words::add),
                List.of(
                        add(path, common),
                        suspend(path, common),
                        inner(
                                path + " resume",
                                "Serve a suspended site again.",
                                common,
                                this::resume)),
                () -> given.words.isEmpty() ? list(given) : explain(given));
    }

    /** The command {@code check}. */
    Command check(String parent, List<CommandOption> common) {
        var given = new Arguments();
        var options = new ArrayList<>(common);
        options.add(
                CommandOption.flag(
                        List.of("--json"),
                        "Print one object of JSON for programs.",
                        () -> given.json = true));
        return new Command(
                parent + " check",
                "Say all that is wrong with a configuration; exit code 2 if anything is.",
                options,
                Operands.optional("PATH", "The configuration (default: conf).", given.words::add),
                List.of(),
                () -> {
                    given.config = given.words.isEmpty() ? null : given.words.getFirst();
                    return new CheckCommand(reader(), out).run(folder(given), given.json);
                });
    }

    private Command add(String path, List<CommandOption> common) {
        var given = new Arguments();
        var options = new ArrayList<>(common);
        options.add(given.configuration());
        options.add(
                CommandOption.each(
                        List.of("--host"),
                        "HOST",
                        "A host that it answers (default: its name).",
                        given.hosts::add));
        options.add(
                CommandOption.of(
                        List.of("--plan"), "PLAN", "Its plan.", text -> given.plan = text));
        return new Command(
                path + " add",
                "Make the folders of a site.",
                options,
                Operands.oneOrMore("NAME", "The names of sites.", given.words::add),
                List.of(),
                () -> add(given));
    }

    private Command suspend(String path, List<CommandOption> common) {
        var given = new Arguments();
        var options = new ArrayList<>(common);
        options.add(given.configuration());
        options.add(
                CommandOption.of(
                        List.of("--page"),
                        "FILE",
                        "What is shown: a file .html, .txt or .json.",
                        text -> given.page = text));
        return new Command(
                path + " suspend",
                "Answer 503 for a site.",
                options,
                Operands.oneOrMore("SITE", "The names of sites.", given.words::add),
                List.of(),
                () -> suspend(given));
    }

    private static Command inner(
            String path, String description, List<CommandOption> common, Work work) {
        var given = new Arguments();
        var options = new ArrayList<>(common);
        options.add(given.configuration());
        return new Command(
                path,
                description,
                options,
                Operands.oneOrMore("SITE", "The names of sites.", given.words::add),
                List.of(),
                () -> work.run(given));
    }

    private int list(Arguments given) throws ConfigurationException {
        out.printf(SITE_FORMAT, "SITE", "STATE", "HOSTS", "FOLDER");
        for (SiteStatus site : reader().read(folder(given)).sites()) {
            out.printf(
                    SITE_FORMAT,
                    site.name(),
                    site.state(),
                    String.join(" ", site.hosts()),
                    LogText.escape(site.shown().toString()));
            site.problems().forEach(problem -> out.println("  " + problem));
        }
        out.flush();
        return 0;
    }

    private int explain(Arguments given) throws IOException, ConfigurationException {
        ConfigurationReader reader = reader();
        SiteStatus site = site(reader.read(folder(given)), given.words.getFirst());
        out.printf(VALUE_FORMAT, "KEY", "VALUE", "FROM");
        for (EffectiveValue value : reader.explain(site)) {
            out.printf(
                    VALUE_FORMAT,
                    LogText.escape(value.key()),
                    LogText.escape(value.value()),
                    LogText.escape(value.from()));
        }
        site.problems().forEach(out::println);
        out.flush();
        return 0;
    }

    private int add(Arguments given) throws IOException, ConfigurationException {
        ConfigurationReader reader = reader();
        reader.read(folder(given));
        Path parent =
                reader.siteParents().stream()
                        .findFirst()
                        .orElseThrow(() ->
                                new CommandFailure(
                                        "jetway.toml says not where sites are: add"
                                                + " sites = \"/srv/sites/*\""));
        for (String name : given.words) {
            out.println(made(given, parent, name));
        }
        return 0;
    }

    private Path made(Arguments given, Path parent, String name) throws IOException {
        try {
            return creator(given).add(parent, name, given.hosts, Optional.ofNullable(given.plan));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("'" + name + "': " + e.getMessage(), e);
        }
    }

    private int suspend(Arguments given) throws IOException, ConfigurationException {
        Optional<Path> page =
                Optional.ofNullable(given.page).map(launch.workingDirectory()::resolve);
        if (page.isPresent() && !Files.isRegularFile(page.get())) {
            throw new CommandFailure("there is no file " + page.get());
        }
        Configuration configuration = reader().read(folder(given));
        for (String name : given.words) {
            creator(given).suspend(site(configuration, name).name(), page);
        }
        return 0;
    }

    private int resume(Arguments given) throws IOException, ConfigurationException {
        Configuration configuration = reader().read(folder(given));
        for (String name : given.words) {
            creator(given).resume(site(configuration, name).name());
        }
        return 0;
    }

    private static SiteStatus site(Configuration configuration, String name) {
        return configuration.sites().stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new CommandFailure(
                                "there is no site '"
                                        + name
                                        + "' among the folders: see jetway"
                                        + " sites"));
    }

    private ConfigurationReader reader() {
        return CacheFolder.reader(launch, true);
    }

    private SiteCreator creator(Arguments given) {
        return new SiteCreator(
                launch.workingDirectory().resolve(folder(given)).toAbsolutePath().normalize());
    }

    private Path folder(Arguments given) {
        return given.config == null ? ConfigurationOptions.standard(launch) : Path.of(given.config);
    }
}
