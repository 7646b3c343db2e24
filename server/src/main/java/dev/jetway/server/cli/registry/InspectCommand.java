package dev.jetway.server.cli.registry;

import dev.jetway.base.ByteSize;
import dev.jetway.base.LogText;
import dev.jetway.module.ImportName;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.ModuleDescription;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.server.cli.text.ByteSizeText;
import dev.jetway.server.registry.Inspection;
import dev.jetway.server.registry.OciPlace;
import dev.jetway.server.registry.PullRecord;
import dev.jetway.server.registry.Puller;
import dev.jetway.server.registry.RegistrySettings;
import dev.jetway.server.registry.RemoteModule;
import dev.jetway.server.registry.RemotePlace;
import dev.jetway.server.registry.http.RegistryException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code jetway inspect}: shows what a registry, the folder of pulled modules or a file has. */
public final class InspectCommand {
    private static final int ERROR = 2;

    private final RegistrySettings settings;
    private final PrintWriter out;
    private final PrintWriter err;

    public InspectCommand(RegistrySettings settings, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /** Shows a module on another machine; returns the exit code. */
    public int run(RemotePlace place) throws InterruptedException {
        int code = 0;
        out.println(place);
        if (place instanceof OciPlace oci) {
            try {
                show(new Puller(settings, InstantSource.system()).inspect(oci));
            } catch (RegistryException e) {
                err.printf("jetway: %s: %s%n", place, e.reason());
                code = ERROR;
            }
        }
        out.println(
                new RemoteModule(place, settings)
                        .record()
                        .map(InspectCommand::pulled)
                        .orElse("pulled: never"));
        out.flush();
        return code;
    }

    private void show(Inspection found) {
        out.printf("manifest: %s %s%n", found.manifest(), found.manifestType());
        out.printf(
                "configuration: %s %s%n",
                found.configurationType(), LogText.escape(found.configuration()));
        out.printf(
                "module: %s %s, %s%n",
                found.module(),
                LogText.escape(found.moduleType()),
                ByteSizeText.of(new ByteSize(found.size())));
    }

    private static String pulled(PullRecord record) {
        return "pulled: "
                + record.manifest().map(m -> m + " ").orElse("")
                + "module "
                + record.module()
                + " at "
                + record.pulled();
    }

    /** Shows a file; returns the exit code. */
    public int run(Path file) {
        var module = new FileReference(file);
        try {
            ModuleBytes content = module.fetch(ModuleCacheSettings.MODULE_LIMIT);
            ModuleDescription found = ModuleDescription.of(content);
            out.println(LogText.escape(module.name()));
            out.printf(
                    "module: sha256:%s, %s%n",
                    content.digest(), ByteSizeText.of(new ByteSize(content.bytes().length)));
            imports(found.imports())
                    .forEach((from, names) ->
                            out.printf(
                                    "imports of %s: %s%n",
                                    LogText.escape(from), LogText.escape(names)));
            out.printf("exports: %s%n", LogText.escape(String.join(", ", found.exports())));
            out.flush();
            return 0;
        } catch (ModuleException e) {
            err.printf("jetway: %s: %s%n", LogText.escape(module.name()), e.getMessage());
            return ERROR;
        }
    }

    private static Map<String, String> imports(List<ImportName> imports) {
        return imports.stream()
                .collect(
                        Collectors.groupingBy(
                                ImportName::module,
                                TreeMap::new,
                                Collectors.mapping(ImportName::name, Collectors.joining(", "))));
    }
}
