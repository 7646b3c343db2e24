package dev.jetway.server.config.spin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of one component, found by the patterns and mounts of its {@code files}. Files lie in
 * the folder of {@code spin.toml}; what leads out of it, by its name or by a link, is refused. For
 * one thread.
 */
final class FileList {
    private final Path root;
    private final List<Glob> excluded;
    private final FileBounds bounds;
    private final SequencedMap<String, Path> byGuestPath = new TreeMap<>();
    private final Set<String> folders = new HashSet<>();
    private final Set<Path> visited = new LinkedHashSet<>();
    private int looked;
    private long bytes;

    /**
     * An empty list.
     *
     * @param root the folder of {@code spin.toml}, without links
     */
    FileList(Path root, List<Glob> excluded, FileBounds bounds) {
        this.root = root;
        this.excluded = List.copyOf(excluded);
        this.bounds = bounds;
    }

    /** The files, without links, by their paths in the guest, which begin without a slash. */
    SequencedMap<String, Path> byGuestPath() {
        return Collections.unmodifiableSequencedMap(byGuestPath);
    }

    /** Files and folders whose changes change the list; empty if there are too many to watch. */
    Set<Path> watched() {
        var watched = new LinkedHashSet<>(visited);
        watched.addAll(byGuestPath.values());
        return watched.size() <= bounds.watched() ? watched : Set.of();
    }

    /**
     * Adds what a pattern matches: {@code assets/**}{@code /*.png}, a file, or a folder with all
     * below it. The guest sees each at its own path.
     *
     * @return the number of files
     * @throws IllegalArgumentException if the pattern is invalid or leads out of the folder
     * @throws IOException if a folder cannot be read
     */
    int addPattern(String text) throws IOException {
        String pattern = inside(text);
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException(
                    "is the folder of spin.toml itself: write './**/*' for all that is in it");
        }
        Path there = root.resolve(pattern);
        if (Files.exists(there)) {
            return addFileOrFolder(there, pattern);
        }
        if (!Glob.isPattern(pattern)) {
            throw new IllegalArgumentException("does not exist and is no pattern");
        }
        Glob glob = Glob.ofFiles(pattern);
        int before = byGuestPath.size();
        walk(
                root.resolve(fixedFolders(pattern)),
                (file, path) -> {
                    if (glob.matches(path)) {
                        add(path, file);
                    }
                });
        return byGuestPath.size() - before;
    }

    /**
     * Adds a file or all files below a folder at another path.
     *
     * @return the number of files
     * @throws IllegalArgumentException if a path leads out of its folder
     * @throws IOException if a folder cannot be read
     */
    int addMount(String source, String destination) throws IOException {
        Path from = root.resolve(inside(source));
        if (!Files.exists(from)) {
            throw new IllegalArgumentException("'" + source + "' does not exist");
        }
        String guest = Path.of("/" + destination).normalize().toString().substring(1);
        if (List.of(destination.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException("'" + destination + "' must not hold '..'");
        }
        if (!Files.isDirectory(from) && (destination.endsWith("/") || guest.isEmpty())) {
            throw new IllegalArgumentException(
                    "'"
                            + destination
                            + "' is a folder: name the file that '"
                            + source
                            + "' is to be");
        }
        return addFileOrFolder(from, guest);
    }

    private int addFileOrFolder(Path from, String guest) throws IOException {
        int before = byGuestPath.size();
        if (Files.isDirectory(from)) {
            String prefix = guest.isEmpty() ? "" : guest + "/";
            walk(from, (file, _) -> add(prefix + from.relativize(file), file));
        } else if (Files.isRegularFile(from)) {
            add(guest, from);
        } else {
            throw new IllegalArgumentException("is neither a file nor a folder");
        }
        return byGuestPath.size() - before;
    }

    /** A path relative to the root, without dots. */
    private String inside(String text) {
        try {
            Path path = root.resolve(text).normalize();
            if (!path.startsWith(root)) {
                throw new IllegalArgumentException(
                        "leads out of the folder of spin.toml: copy what is needed into it");
            }
            return root.relativize(path).toString();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a path", e);
        }
    }

    /** The folders of a pattern before the first with a sign. */
    private static String fixedFolders(String pattern) {
        int sign = 0;
        while (!Glob.isPattern(pattern.substring(0, sign + 1))) {
            sign++;
        }
        return pattern.substring(0, Math.max(0, pattern.lastIndexOf('/', sign)));
    }

    private interface Found {
        void accept(Path file, String path);
    }

    /** Visits all files below a folder that are not excluded; links to folders are not followed. */
    private void walk(Path folder, Found found) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        requireInside(folder);
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        look();
                        visited.add(dir);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        look();
                        String path = root.relativize(file).toString();
                        boolean wanted = excluded.stream().noneMatch(glob -> glob.matches(path));
                        if (wanted && (a.isRegularFile() || Files.isRegularFile(file))) {
                            found.accept(file, path);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void look() {
        if (++looked > bounds.visited()) {
            throw new IllegalArgumentException(
                    "more than "
                            + bounds.visited()
                            + " names would have to be looked at: name a smaller folder");
        }
    }

    private void add(String guestPath, Path file) {
        Path real = requireInside(file);
        requireDistinct(guestPath);
        if (byGuestPath.put(guestPath, real) != null) {
            return;
        }
        bytes += size(real);
        if (byGuestPath.size() > bounds.files() || bytes > bounds.bytes().bytes()) {
            throw new IllegalArgumentException(
                    "the component has more than "
                            + bounds.files()
                            + " files or more than "
                            + bounds.bytes()
                            + ": name fewer, or exclude some with 'exclude_files'");
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path without links. */
    private Path requireInside(Path file) {
        return real(file)
                .filter(path -> path.startsWith(root))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "'"
                                        + root.relativize(file)
                                        + "' leads out of the folder of spin.toml by a link: copy"
                                        + " the file"));
    }

    private static Optional<Path> real(Path file) {
        try {
            return Optional.of(file.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A file cannot stand where others need a folder. */
    private void requireDistinct(String guestPath) {
        boolean clash = folders.contains(guestPath);
        for (int at = guestPath.lastIndexOf('/'); at > 0; at = guestPath.lastIndexOf('/', at - 1)) {
            String folder = guestPath.substring(0, at);
            clash |= byGuestPath.containsKey(folder);
            folders.add(folder);
        }
        if (clash) {
            throw new IllegalArgumentException(
                    "'/" + guestPath + "' would be both a file and a folder for the guest");
        }
    }
}
