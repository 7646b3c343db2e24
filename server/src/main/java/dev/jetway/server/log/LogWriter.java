package dev.jetway.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends text to log files and renames them by a rule. A file is opened each time: no handle is
 * kept, however many sites there are. Used by one thread.
 */
final class LogWriter {
    /** Maximum files whose trouble is remembered, so that it is told once. */
    static final int MAX_FAILING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final Rotation rotation;
    private final FileAttribute<?>[] mode;
    private final InstantSource clock;
    private final OldLogs old = new OldLogs();
    private final Set<Target> failing = new HashSet<>();

    /**
     * A log file.
     *
     * @param place its folder
     * @param name of the file
     */
    record Target(LogPlace place, String name) {}

    /**
     * A writer.
     *
     * @param mode permissions of new files; those that the umask leaves if empty
     */
    LogWriter(Rotation rotation, Optional<Set<PosixFilePermission>> mode, InstantSource clock) {
        this.rotation = rotation;
        this.mode =
                mode.map(PosixFilePermissions::asFileAttribute).stream()
                        .toArray(FileAttribute<?>[]::new);
        this.clock = clock;
    }

    /** Appends text; trouble is logged once for each file. */
    void write(Target target, CharSequence text) {
        try (LogFolder folder = LogFolder.open(target.place())) {
            write(folder, target.name(), StandardCharsets.UTF_8.encode(text.toString()));
            failing.remove(target);
            if (rotation.keepAge().isPresent()) {
                old.add(target, clock.instant());
            }
        } catch (IOException e) {
            if (isNews(target)) {
                LOG.warn(
                        "lines of {} are lost: {}: check that the server may write there",
                        target.place().folder().resolve(target.name()),
                        e.toString());
            }
        }
    }

    /** Deletes renamed files that have become too old, of some logs at a time. */
    void deleteOld() {
        for (Target target : old.due(clock.instant())) {
            try (LogFolder folder = LogFolder.existing(target.place())) {
                deleteOld(folder, target.name());
            } catch (NoSuchFileException e) {
                old.remove(target);
            } catch (IOException e) {
                // The next line that is written there tells of it.
                LOG.debug("old logs of {} are kept", target.name(), e);
            }
        }
    }

    /** Notes the trouble with a file; false if it is known. */
    boolean isNews(Target target) {
        if (failing.size() >= MAX_FAILING && !failing.contains(target)) {
            failing.clear();
        }
        return failing.add(target);
    }

    private void write(LogFolder folder, String name, ByteBuffer text) throws IOException {
        Optional<BasicFileAttributes> before = folder.status(name);
        if (before.filter(file -> !file.isRegularFile()).isPresent()) {
            throw new IOException(name + " is not a regular file");
        }
        if (before.filter(this::isTooOld).isPresent()) {
            rotate(folder, name);
        }
        if (folder.append(name, text, mode) > rotation.bytes()) {
            rotate(folder, name);
        }
    }

    private boolean isTooOld(BasicFileAttributes file) {
        return rotation.isTooOld(file.creationTime().toInstant(), clock.instant());
    }

    private void rotate(LogFolder folder, String name) throws IOException {
        try {
            renameAll(folder, name);
        } catch (IOException e) {
            // A folder of that name in a tenant's folder must not let the file grow for ever.
            folder.delete(name);
            throw e;
        }
        deleteOld(folder, name);
    }

    private void renameAll(LogFolder folder, String name) throws IOException {
        for (int i = rotation.keep(); i >= 1; i--) {
            String from = i == 1 ? name : numbered(name, i - 1);
            if (folder.status(from).isPresent()) {
                folder.rename(from, numbered(name, i));
            }
        }
        if (rotation.keep() == 0) {
            folder.delete(name);
        }
    }

    /** Deletes renamed files that are too old. */
    private void deleteOld(LogFolder folder, String name) throws IOException {
        if (rotation.keepAge().isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        for (int i = 1; i <= rotation.keep(); i++) {
            Optional<BasicFileAttributes> file = folder.status(numbered(name, i));
            if (file.filter(f -> rotation.isOver(f.lastModifiedTime().toInstant(), now))
                    .isPresent()) {
                folder.delete(numbered(name, i));
            }
        }
    }

    private static String numbered(String name, int number) {
        return name + "." + number;
    }
}
