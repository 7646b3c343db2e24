package dev.jetway.server.config.script;

import dev.jetway.base.SourcePosition;
import dev.jetway.server.config.table.Problems;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The modules in a document root that answer for their folders, because {@code index} names them.
 */
public final class IndexModules {
    /** Maximum files and folders that are looked through. */
    static final int MAX_ENTRIES = 10_000;

    /** Maximum depth of folders that are looked through. */
    static final int MAX_DEPTH = 8;

    private final Path root;
    private final Set<String> names;
    private final SourcePosition position;
    private final Collection<Path> sources;
    private final Problems problems;
    private final SequencedMap<String, Path> found = new LinkedHashMap<>();
    private int entries;
    private boolean deep;

    /**
     * Modules below a document root.
     *
     * @param index the names of {@code index}
     * @param position of the document root in the configuration
     * @param sources collects the folders that were looked through
     */
    public IndexModules(
            Path root,
            List<String> index,
            SourcePosition position,
            Collection<Path> sources,
            Problems problems) {
        this.root = root;
        this.names =
                index.stream()
                        .filter(IndexModules::isModule)
                        .collect(Collectors.toUnmodifiableSet());
        this.position = position;
        this.sources = sources;
        this.problems = problems;
    }

    private static boolean isModule(String name) {
        String text = name.toLowerCase(Locale.ROOT);
        return text.endsWith(".wasm") || text.endsWith(".wat");
    }

    /**
     * Regular files with these names, by their path below the root, in the order of the paths.
     * Links and hidden folders are not looked into, and nothing at all if no name is that of a
     * module.
     */
    public SequencedMap<String, Path> find() {
        if (!names.isEmpty()) {
            look(root, "", 1);
        }
        if (entries > MAX_ENTRIES) {
            warn("holds more than " + MAX_ENTRIES + " files and folders");
        }
        if (deep) {
            warn("has folders more than " + MAX_DEPTH + " deep");
        }
        return found;
    }

    private void warn(String reason) {
        problems.warning(
                position, reason + ": modules that 'index' names are not looked for in the rest");
    }

    private void look(Path in, String above, int depth) {
        sources.add(in);
        List<Path> folders = new ArrayList<>();
        for (Path path : children(in)) {
            String name = String.valueOf(path.getFileName());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                folders.add(path);
            } else if (names.contains(name)
                    && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                found.put(above + "/" + name, path);
            }
        }
        for (Path folder : folders) {
            String name = String.valueOf(folder.getFileName());
            if (!name.startsWith(".") && entries <= MAX_ENTRIES) {
                deep |= depth == MAX_DEPTH;
                if (depth < MAX_DEPTH) {
                    look(folder, above + "/" + name, depth + 1);
                }
            }
        }
    }

    private List<Path> children(Path in) {
        var children = new ArrayList<Path>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(in)) {
            for (Path child : stream) {
                if (++entries > MAX_ENTRIES) {
                    break;
                }
                children.add(child);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A folder that cannot be read serves nothing, which requests find out.
            return List.of();
        }
        children.sort(null);
        return children;
    }
}
