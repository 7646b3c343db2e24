package dev.jetway.sandbox.file.quota;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Adds up the content of directories of the host. Used by one thread. */
final class VolumeCount {
    /** Maximum number of names counted; a site with more has used up its quota. */
    static final long MAX_NAMES = 10_000_000;

    private final Set<Object> seen = new HashSet<>();
    private final long maxNames;
    private long bytes;
    private long names;

    /** Counts at most {@link #MAX_NAMES} names. */
    VolumeCount() {
        this(MAX_NAMES);
    }

    /** Counts at most this many names. */
    VolumeCount(long maxNames) {
        this.maxNames = maxNames;
    }

    long bytes() {
        return bytes;
    }

    long names() {
        return names;
    }

    void add(Path root) throws IOException, InterruptedException {
        Files.walkFileTree(root, new Visitor(root));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
            return folder.equals(root) ? FileVisitResult.CONTINUE : named();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (attributes.isRegularFile() && isFirstName(file)) {
                bytes += attributes.size();
            }
            return named();
        }

        /** An entry that has vanished or may not be read counts as a name. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return named();
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult named() throws IOException {
            if (++names > maxNames) {
                throw new IOException("more than " + maxNames + " names");
            }
            return Thread.currentThread().isInterrupted()
                    ? FileVisitResult.TERMINATE
                    : FileVisitResult.CONTINUE;
        }
    }

    private boolean isFirstName(Path file) {
        try {
            Map<String, Object> unix =
                    Files.readAttributes(file, "unix:nlink,dev,ino", LinkOption.NOFOLLOW_LINKS);
            return Integer.valueOf(1).equals(unix.get("nlink"))
                    || seen.add(Map.of("dev", unix.get("dev"), "ino", unix.get("ino")));
        } catch (IOException e) {
            return true;
        }
    }
}
