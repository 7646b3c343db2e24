package dev.jetway.module.store;

import dev.jetway.base.BoundedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A folder to which only this user can write, its secret key, and files that appear in it whole or
 * not at all. Safe to share between threads and between processes.
 */
public final class StoreFolder {
    /** Suffix of a file until it is whole. */
    static final String UNFINISHED = ".new-";

    private static final String KEY_FILE = "key";
    private static final int KEY_BYTES = 32;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final Set<PosixFilePermission> OTHERS_ANY =
            EnumSet.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private final Path path;

    private StoreFolder(Path path) {
        this.path = path;
    }

    /**
     * Opens a folder, creating it if need be.
     *
     * @throws IOException if it cannot be used, or not be trusted
     */
    public static StoreFolder open(Path path) throws IOException {
        try {
            Files.createDirectories(path, OWNER_FOLDER);
            requirePrivate(path, path, OTHERS_WRITE);
            return new StoreFolder(path);
        } catch (UnsupportedOperationException e) {
            throw new IOException("its file system knows no owners", e);
        }
    }

    /** Finds our own user as the owner of a new file, which needs no user database. */
    private static void requirePrivate(Path file, Path folder, Set<PosixFilePermission> forbidden)
            throws IOException {
        var found =
                Files.readAttributes(
                        file.toRealPath(), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!Collections.disjoint(found.permissions(), forbidden)) {
            throw new IOException("others have access to " + file + " (chmod go-rwx helps)");
        }
        Path ours = Files.createTempFile(folder, UNFINISHED, null, OWNER_FILE);
        try {
            if (!Files.getOwner(ours).equals(found.owner())) {
                throw new IOException("another user owns " + file);
            }
        } finally {
            Files.deleteIfExists(ours);
        }
    }

    Path path() {
        return path;
    }

    /** The key, made on first use. */
    public byte[] key() throws IOException {
        Path file = path.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            Path unfinished = writeUnfinished(ByteBuffer.wrap(fresh));
            try {
                // A link, unlike a move, never replaces the key of a process that was faster.
                Files.createLink(file, unfinished);
                force();
            } catch (FileAlreadyExistsException e) {
                // The key of another process serves as well.
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
        requirePrivate(file, path, OTHERS_ANY);
        return BoundedFile.bytes(file, KEY_BYTES)
                .filter(key -> key.length == KEY_BYTES)
                .orElseThrow(
                        () -> new IOException("its file 'key' is damaged (delete the folder)"));
    }

    /** Writes a file and gives it its name when it has reached the disk. */
    public void write(String name, Instant time, ByteBuffer... parts) throws IOException {
        Path unfinished = writeUnfinished(parts);
        try {
            Files.setLastModifiedTime(unfinished, FileTime.from(time));
            Files.move(
                    unfinished,
                    path.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            force();
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Path writeUnfinished(ByteBuffer... parts) throws IOException {
        Path unfinished = Files.createTempFile(path, UNFINISHED, null, OWNER_FILE);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            channel.force(true);
            return unfinished;
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /** A new name is durable only when its folder is. */
    private void force() throws IOException {
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
