package dev.jetway.server.registry;

import dev.jetway.base.BoundedFile;
import dev.jetway.base.ByteSize;
import dev.jetway.base.PathStamp;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.store.StoreFolder;
import dev.jetway.server.registry.http.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of pulled modules: contents by their digests, and a record for each place. Files
 * appear whole or not at all. Safe to share between threads and between processes.
 *
 * @param root the folder
 * @param size bytes of all contents
 */
record PullCache(Path root, ByteSize size) {
    /** Age from which a content that no record names is deleted. */
    static final Duration UNUSED = Duration.ofDays(1);

    private static final String SUFFIX = ".wasm";
    private static final String RECORDS = "places";
    private static final String CONTENTS = "modules";

    private Path recordFile(RemotePlace place) {
        String name = ModuleBytes.digest(place.toString().getBytes(StandardCharsets.UTF_8));
        return root.resolve(RECORDS).resolve(name);
    }

    private Path contentFile(Digest module) {
        return root.resolve(CONTENTS).resolve(module.hex() + SUFFIX);
    }

    /** A stamp that changes when another content is recorded for a place. */
    PathStamp stamp(RemotePlace place) {
        return PathStamp.of(recordFile(place));
    }

    /** The record of a place. */
    Optional<PullRecord> record(RemotePlace place) {
        try {
            Path file = recordFile(place);
            if (othersWrite(root.resolve(RECORDS))) {
                return Optional.empty();
            }
            return record(file).filter(record -> record.place().equals(place.toString()));
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean othersWrite(Path folder) throws IOException {
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(folder);
        return found.contains(PosixFilePermission.GROUP_WRITE)
                || found.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Whether a content is here, without a look into it. */
    boolean has(Digest module) {
        return Files.isRegularFile(contentFile(module));
    }

    /**
     * A content, if it is here and has its digest.
     *
     * @param limit bytes
     */
    Optional<ModuleBytes> content(Digest module, ByteSize limit) {
        try {
            return BoundedFile.bytes(contentFile(module), Math.toIntExact(limit.bytes()))
                    .map(ModuleBytes::new)
                    .filter(bytes -> bytes.digest().equals(module.hex()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a content and then its record. */
    void keep(PullRecord record, RemotePlace place, byte[] content) throws RegistryException {
        try {
            StoreFolder contents = StoreFolder.open(root.resolve(CONTENTS));
            StoreFolder records = StoreFolder.open(root.resolve(RECORDS));
            if (content(record.module(), new ByteSize(content.length)).isEmpty()) {
                makeRoom(content.length, record.pulled());
                contents.write(
                        record.module().hex() + SUFFIX, record.pulled(), ByteBuffer.wrap(content));
            }
            records.write(
                    String.valueOf(recordFile(place).getFileName()),
                    record.pulled(),
                    ByteBuffer.wrap(record.text().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw RegistryException.of(
                    "cannot be kept in the folder of pulled modules ('registry-cache')",
                    e instanceof NoSuchFileException
                            ? "it is gone"
                            : String.valueOf(e.getMessage()));
        }
    }

    /** Deletes contents that no record names, and refuses what does not fit then. */
    private void makeRoom(long more, Instant now) throws IOException, RegistryException {
        long total = more + total();
        Set<String> named = named();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(CONTENTS))) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                boolean old =
                        Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(UNUSED));
                // Other files are being written by somebody.
                boolean whole = name.endsWith(SUFFIX);
                if (!named.contains(name) && (old || (whole && total > size.bytes()))) {
                    total -= Files.size(file);
                    Files.deleteIfExists(file);
                }
            }
        }
        if (total > size.bytes()) {
            throw new RegistryException(
                    "cannot be kept: the folder of pulled modules would hold more than "
                            + size
                            + " ('registry-cache-size')");
        }
    }

    private long total() throws IOException {
        long total = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(CONTENTS))) {
            for (Path file : files) {
                total += Files.size(file);
            }
        }
        return total;
    }

    private Set<String> named() throws IOException {
        var named = new HashSet<String>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(RECORDS))) {
            for (Path file : files) {
                record(file).ifPresent(record -> named.add(record.module().hex() + SUFFIX));
            }
        }
        return named;
    }

    /** The record in a file; empty if it is damaged or gone. */
    private static Optional<PullRecord> record(Path file) {
        try {
            return BoundedFile.text(file, PullRecord.MAX_BYTES).flatMap(PullRecord::parse);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
