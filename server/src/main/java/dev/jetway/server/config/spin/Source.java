package dev.jetway.server.config.spin;

import dev.jetway.base.SourcePosition;
import dev.jetway.base.UserFolders;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.registry.Digest;
import dev.jetway.server.registry.FilePlace;
import dev.jetway.server.registry.RemoteModule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Reads where the module of a component comes from: {@code source}. */
final class Source {
    private static final String KEY = "source";
    private static final Set<String> REMOTE = Set.of("url", "digest");
    private static final Set<String> REGISTRY = Set.of("registry", "package", "version");

    /** The first bytes of a component: the magic number, version 13, layer 1. */
    private static final byte[] COMPONENT = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};

    private final Application application;

    Source(Application application) {
        this.application = application;
    }

    /**
     * A module that was found.
     *
     * @param name that tells what it is; its file may be called by a digest
     */
    record Module(ModuleReference reference, String name) {}

    /** The module; empty if it cannot be served, which the problems report. */
    Optional<Module> read(String id, Section component) {
        if (!component.keys().contains(KEY)) {
            application
                    .problems()
                    .error(component.position(), "the component '" + id + "' needs a 'source'");
            return Optional.empty();
        }
        if (component.hasTable(KEY)) {
            return elsewhere(component.table(KEY).orElseThrow());
        }
        return component
                .parsed(KEY, this::file)
                .filter(path -> !isComponent(path, component.position(KEY)))
                .map(FileReference::new)
                .map(file -> new Module(file, file.name()));
    }

    private Path file(String text) {
        try {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("must not be empty");
            }
            return application.folder().resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path", e);
        }
    }

    private Optional<Module> elsewhere(Section source) {
        if (source.keys().stream().anyMatch(REGISTRY::contains)) {
            source.rejectUnknown(REGISTRY, false);
            application
                    .problems()
                    .warning(
                            source.position(),
                            "packages are components (WASI preview 2), so the routes of this"
                                    + " component answer 503: build a core module, and name its"
                                    + " file: source = \"NAME.wasm\"");
            return Optional.empty();
        }
        source.rejectUnknown(REMOTE, false);
        Optional<Digest> digest = source.parsed("digest", Digest::parse);
        if (!source.keys().contains("url") || !source.keys().contains("digest")) {
            application
                    .problems()
                    .error(
                            source.position(),
                            "'source' is a file, or { url = \"https://…\", digest = \"sha256:…\" }");
            return Optional.empty();
        }
        return digest.flatMap(known -> source.parsed("url", url -> FilePlace.of(url, known)))
                .flatMap(place -> downloaded(place, source.position()));
    }

    /** The module that Spin has downloaded, else one that is pulled when it is needed. */
    private Optional<Module> downloaded(FilePlace place, SourcePosition position) {
        Optional<Path> file =
                new SpinCache(new UserFolders(application.inputs().environment()))
                        .module(place.digest().toString());
        if (file.isEmpty()) {
            var module = new RemoteModule(place, application.inputs().registries());
            return Optional.of(new Module(module, module.name()));
        }
        return file.filter(path -> !isComponent(path, position))
                .map(path -> new Module(new FileReference(path), place.name()));
    }

    private boolean isComponent(Path file, SourcePosition position) {
        // A missing file is reported when it is loaded, as for every route.
        if (!Files.isRegularFile(file) || !Arrays.equals(head(file), COMPONENT)) {
            return false;
        }
        application
                .problems()
                .warning(
                        position,
                        "'"
                                + file.getFileName()
                                + "' is a component (WASI preview 2), not a core module, so its"
                                + " routes answer 503: build it for wasm32-wasip1");
        return true;
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(COMPONENT.length);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
