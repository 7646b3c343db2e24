package dev.jetway.server.config.spin;

import dev.jetway.base.SourcePosition;
import dev.jetway.sandbox.Volume;
import dev.jetway.server.config.table.ListItem;
import dev.jetway.server.config.table.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the {@code files} of a component and copies them: one read-only volume at the root. */
final class FilesReader {
    private static final String FILES = "files";
    private static final String EXCLUDED = "exclude_files";
    private static final int MAX_ITEMS = 1000;
    private static final Set<String> MOUNT = Set.of("source", "destination");

    private final Application application;
    private final FileBounds bounds;
    private final InstantSource clock;

    FilesReader(Application application, FileBounds bounds, InstantSource clock) {
        this.application = application;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** The volume; none without files, or if only a check is wanted. */
    List<Volume> read(String id, Section component) {
        List<Glob> excluded =
                component.list(EXCLUDED, MAX_ITEMS, Glob::ofExcluded).orElse(List.of());
        var files = new FileList(application.folder(), excluded, bounds);
        for (ListItem item : component.items(FILES, MAX_ITEMS)) {
            add(item, files);
        }
        application.sources().addAll(files.watched());
        if (files.byGuestPath().isEmpty()
                || application.inputs().onlyCheck()
                || application.problems().hasErrors()) {
            return List.of();
        }
        return copied(id, files, component.position(FILES)).stream()
                .map(folder -> new Volume("/", folder, true))
                .toList();
    }

    private void add(ListItem item, FileList files) {
        String shown = item.text().orElse(FILES);
        try {
            if (item.table().isPresent()) {
                mount(item.table().get(), files);
                return;
            }
            if (shown.equals("*") || shown.equals("**/*")) {
                application
                        .problems()
                        .warning(
                                item.position(),
                                "'"
                                        + shown
                                        + "' lets the program read the whole folder, spin.toml too:"
                                        + " write './"
                                        + shown
                                        + "' if it is meant");
            }
            if (files.addPattern(shown) == 0) {
                application.problems().warning(item.position(), "'" + shown + "' matches no file");
            }
        } catch (IllegalArgumentException e) {
            application.problems().error(item.position(), "'" + shown + "': " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            application
                    .problems()
                    .error(
                            item.position(),
                            "'" + shown + "' cannot be read: check that the server may read it");
        }
    }

    private void mount(Section mount, FileList files) throws IOException {
        mount.rejectUnknown(MOUNT, false);
        Optional<String> source = mount.text("source");
        Optional<String> destination = mount.text("destination");
        if (source.isPresent() && destination.isPresent()) {
            if (files.addMount(source.get(), destination.get()) == 0) {
                application
                        .problems()
                        .warning(
                                mount.position(), "the folder '" + source.get() + "' has no files");
            }
        } else if (!mount.keys().containsAll(MOUNT)) {
            application
                    .problems()
                    .error(
                            mount.position(),
                            "a mount needs both: { source = \"FOLDER\", destination = \"/\" }");
        }
    }

    private Optional<Path> copied(String id, FileList files, SourcePosition position) {
        Optional<Path> folder = application.inputs().copies();
        if (folder.isEmpty()) {
            application
                    .problems()
                    .error(
                            position,
                            "there is no folder for the copies of files: set HOME or"
                                    + " XDG_STATE_HOME");
            return Optional.empty();
        }
        var copies = new FileCopies(folder.get(), application.manifest(), id, bounds.bytes());
        try {
            return Optional.of(copies.of(files.byGuestPath(), clock.instant()));
        } catch (IOException e) {
            application
                    .problems()
                    .error(
                            position,
                            "the files of '"
                                    + id
                                    + "' cannot be copied: check that they can be read and that"
                                    + " there is room in "
                                    + folder.get());
            return Optional.empty();
        }
    }
}
