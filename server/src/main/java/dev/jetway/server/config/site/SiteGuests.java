package dev.jetway.server.config.site;

import dev.jetway.module.source.ModuleReference;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Dialect;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.HttpRules;
import dev.jetway.route.RunModule;
import dev.jetway.route.ScriptHandler;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.route.RouteLimits;
import dev.jetway.server.config.route.TemporaryFiles;
import dev.jetway.server.config.script.HandlerSettings;
import dev.jetway.server.config.script.PhpIniFolder;
import dev.jetway.server.config.script.PhpValues;
import dev.jetway.server.config.table.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Settings of a site's guests: programs in {@code cgi-bin} and handlers of scripts. */
final class SiteGuests {
    private final SiteValues values;
    private final List<Volume> volumes;
    private final boolean documents;
    private final HttpRules http;
    private final Optional<Path> state;
    private final Problems problems;
    private final Map<HandlerSettings, ScriptHandler> handlers = new HashMap<>();

    /**
     * Settings for one site.
     *
     * @param volumes of each guest
     * @param documents whether a document root is among them
     * @param state the folder of generated files
     */
    SiteGuests(
            SiteValues values,
            List<Volume> volumes,
            boolean documents,
            HttpRules http,
            Optional<Path> state,
            Problems problems) {
        this.values = values;
        this.volumes = List.copyOf(volumes);
        this.documents = documents;
        this.http = http;
        this.state = state;
        this.problems = problems;
    }

    /** The action of a program. */
    RunModule program(ModuleReference module) {
        return run(module, new LinkedHashMap<>(), volumes, false);
    }

    /** A handler with this site's folders. */
    ScriptHandler handler(HandlerSettings settings) {
        return handlers.computeIfAbsent(settings, this::make);
    }

    private ScriptHandler make(HandlerSettings settings) {
        var environment = new LinkedHashMap<>(settings.environment());
        var all = new ArrayList<>(volumes);
        if (settings.php()) {
            String seen = PhpValues.folder(environment.keySet());
            ini(settings)
                    .ifPresent(folder -> {
                        all.add(new Volume(seen, folder, true));
                        environment.putIfAbsent("PHPRC", seen);
                    });
            // php-cgi may refuse to run without it: it marks a request by a server.
            environment.putIfAbsent("REDIRECT_STATUS", "200");
        }
        return new ScriptHandler(
                settings.name(),
                Set.copyOf(settings.extensions()),
                settings.argv(),
                run(settings.module(), environment, all, settings.snapshot()));
    }

    private Optional<Path> ini(HandlerSettings settings) {
        if (state.isEmpty()) {
            problems.error(
                    settings.position(),
                    "there is no folder for the php.ini of this handler: name one with"
                            + " 'state-dir'");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    PhpIniFolder.write(
                            state.get(), PhpValues.ini(values.php(), values.phpAdmin())));
        } catch (IOException e) {
            problems.error(
                    settings.position(),
                    "the php.ini of this handler cannot be written into 'state-dir' ("
                            + state.get()
                            + "): check that the server may write there");
            return Optional.empty();
        }
    }

    private RunModule run(
            ModuleReference module,
            SequencedMap<String, String> environment,
            List<Volume> all,
            boolean snapshot) {
        RouteLimits limits =
                LimitKeys.limits(TemporaryFiles.standard(values.routes().limits(), module.name()));
        return new RunModule(
                        module,
                        RunModule.DEFAULT_ENTRYPOINT,
                        Optional.empty(),
                        all,
                        RunModule.DEFAULT_SERVICES,
                        TemporaryFiles.named(environment, limits.run().files(), all),
                        limits.run(),
                        limits.traffic(),
                        new CgiRules(
                                Dialect.CGI,
                                false,
                                false,
                                false,
                                EncodedSlashes.REFUSE,
                                documents ? Optional.of(SitePaths.GUEST_PUBLIC) : Optional.empty(),
                                http),
                        Optional.empty(),
                        snapshot,
                        true)
                .settled();
    }
}
