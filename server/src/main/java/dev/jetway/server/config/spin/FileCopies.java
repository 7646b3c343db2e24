package dev.jetway.server.config.spin;

import dev.jetway.base.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Private copies of the files of one component, each in a folder that is called by the stamps of
 * its files: unchanged files are copied once, whatever the number of starts. Readable by the
 * server's user only.
 */
final class FileCopies {
    /** Copies that are kept; the one that has not been used for the longest time is deleted. */
    static final int KEPT = 4;

    private static final int BUFFER = 64 << 10;

    private final Path parent;
    private final ByteSize limit;

    /**
     * The copies of a component.
     *
     * @param folder of the copies of all applications
     * @param manifest the application
     * @param component its name
     * @param limit bytes of one copy
     */
    FileCopies(Path folder, Path manifest, String component, ByteSize limit) {
        this.parent = folder.resolve(digest(manifest + "\n" + component).substring(0, 32));
        this.limit = limit;
    }

    /**
     * A folder with copies of files.
     *
     * @param files without links, by their paths in the folder
     * @throws IOException if a file cannot be read, the folder cannot be written, or the files have
     *     grown over the limit
     */
    Path of(SequencedMap<String, Path> files, Instant now) throws IOException {
        Path folder = parent.resolve(digest(stamps(files)));
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(parent);
            // The JDK creates it with owner-only permissions, which it keeps.
            Path unfinished = Files.createTempDirectory(parent, "unfinished-");
            try {
                copy(files, unfinished);
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException e) {
                // Another process was faster.
                delete(unfinished);
            } catch (IOException e) {
                delete(unfinished);
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
            }
        }
        Files.setLastModifiedTime(folder, FileTime.from(now));
        deleteOld();
        return folder;
    }

    private static String stamps(SequencedMap<String, Path> files) throws IOException {
        var stamps = new StringBuilder();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            var found = Files.readAttributes(file.getValue(), BasicFileAttributes.class);
            stamps.append(file.getKey())
                    .append('\0')
                    .append(file.getValue())
                    .append('\0')
                    .append(found.fileKey())
                    .append(' ')
                    .append(found.lastModifiedTime().toInstant())
                    .append(' ')
                    .append(found.size())
                    .append('\n');
        }
        return stamps.toString();
    }

    private void copy(SequencedMap<String, Path> files, Path to) throws IOException {
        long left = limit.bytes();
        var buffer = new byte[BUFFER];
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Path copy = to.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            // The list has checked where links lead; one that has been put there since is refused.
            try (InputStream in = Files.newInputStream(file.getValue(), LinkOption.NOFOLLOW_LINKS);
                    OutputStream out = Files.newOutputStream(copy)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    left -= read;
                    if (left < 0) {
                        throw new IOException("the files are larger than " + limit);
                    }
                    out.write(buffer, 0, read);
                }
            }
        }
    }

    /** Deletes old copies, and what a process left unfinished when it was killed. */
    private void deleteOld() throws IOException {
        List<Path> copies;
        try (Stream<Path> all = Files.list(parent)) {
            copies = new ArrayList<>(all.toList());
        }
        copies.sort(Comparator.comparing(FileCopies::used).reversed());
        for (Path old : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
            delete(old);
        }
    }

    private static Instant used(Path copy) {
        try {
            return Files.getLastModifiedTime(copy).toInstant();
        } catch (IOException e) {
            // Another process has deleted it.
            return Instant.EPOCH;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
                            throws IOException {
                        Files.deleteIfExists(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
