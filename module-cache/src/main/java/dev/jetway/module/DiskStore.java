package dev.jetway.module;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled code on disk, one file a module: a keyed checksum, then the code. The key lies beside
 * the files and only the owner may read it, so that a file which another local user left here is
 * never run. Files appear by rename, so that half of one is never seen. Whatever goes wrong costs a
 * compilation, never a request. Safe to share between threads and between processes.
 */
final class DiskStore {
    private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final int CHECKSUM_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final String KEY_FILE = "key";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final String variant;
    private final SecretKeySpec key;
    private volatile boolean writable = true;

    private DiskStore(Path directory, String variant, byte[] key) {
        this.directory = directory;
        this.variant = variant;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Opens a store, creating the folder if need be.
     *
     * @param variant what else the code depends on: engine, options, JDK
     * @return empty, after one warning, if the folder cannot be used
     */
    static Optional<DiskStore> open(Path directory, String variant) {
        try {
            Files.createDirectories(directory, OWNER_FOLDER);
            requirePrivate(directory);
            return Optional.of(new DiskStore(directory, variant, key(directory)));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn(
                    "compiled modules are not kept: the folder {} cannot be used: {}",
                    directory,
                    e.toString());
            return Optional.empty();
        }
    }

    private static void requirePrivate(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others may write to it (chmod 700 helps)");
        }
    }

    private static byte[] key(Path directory) throws IOException {
        Path file = directory.resolve(KEY_FILE);
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            Path temporary = write(directory, ByteBuffer.wrap(fresh));
            try {
                // A link, unlike a move, never replaces the key of a process that was faster.
                Files.createLink(file, temporary);
            } catch (FileAlreadyExistsException e) {
                LOG.debug("another process made the key");
            } finally {
                Files.deleteIfExists(temporary);
            }
        }
        byte[] key = Files.readAllBytes(file);
        if (key.length != KEY_BYTES) {
            throw new IOException("its file 'key' is damaged (delete the folder)");
        }
        return key;
    }

    /** The code of a module, if it is here and whole. */
    Optional<byte[]> get(String digest) {
        Path file = file(digest);
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > CHECKSUM_BYTES) {
                byte[] code = Arrays.copyOfRange(bytes, CHECKSUM_BYTES, bytes.length);
                byte[] expected = Arrays.copyOf(bytes, CHECKSUM_BYTES);
                if (MessageDigest.isEqual(expected, checksum(digest, code))) {
                    return Optional.of(code);
                }
            }
            LOG.warn("the compiled module {} is damaged or foreign: compiled anew", digest);
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("the compiled module {} cannot be read: {}", digest, e.toString());
        }
        return Optional.empty();
    }

    /** Keeps the code of a module; the first failure is the last try. */
    void put(String digest, byte[] code) {
        if (!writable) {
            return;
        }
        try {
            var bytes = ByteBuffer.allocate(CHECKSUM_BYTES + code.length);
            bytes.put(checksum(digest, code)).put(code).flip();
            Files.move(
                    write(directory, bytes),
                    file(digest),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            writable = false;
            LOG.warn("compiled modules are no longer kept in {}: {}", directory, e.toString());
        }
    }

    private static Path write(Path directory, ByteBuffer bytes) throws IOException {
        Path temporary = Files.createTempFile(directory, ".new-", null, OWNER_FILE);
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
            return temporary;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private Path file(String digest) {
        return directory.resolve(digest + "-" + variant);
    }

    /** Covers the name too: a file cannot stand in for another. */
    private byte[] checksum(String digest, byte[] code) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((digest + "-" + variant).getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(code);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
