package dev.jetway.module.store;

import dev.jetway.base.BoundedFile;
import dev.jetway.base.ByteSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries on disk, one file each: a keyed checksum over name and content, then the content. The key
 * is in a file beside them that only the owner may read, so that a file left by another local user
 * is never run. A failure costs a compilation, never a request. Safe to share between threads and
 * between processes.
 */
public final class DiskStore {
    /** Maximum size of an entry in bytes: the compiler makes no larger ones. */
    public static final int MAX_ENTRY = 1 << 30;

    private static final Logger LOG = LoggerFactory.getLogger(DiskStore.class);

    private final StoreFolder folder;
    private final StoreEviction room;
    private final String variant;
    private final EntryMac seal;
    private final InstantSource clock;
    private final AtomicBoolean failing = new AtomicBoolean();

    private DiskStore(
            StoreFolder folder,
            StoreEviction room,
            String variant,
            byte[] key,
            InstantSource clock) {
        this.folder = folder;
        this.room = room;
        this.variant = variant;
        this.seal = new EntryMac(key);
        this.clock = clock;
    }

    /**
     * Opens a store, creating the folder if need be.
     *
     * @param limit bytes of all entries
     * @param variant what else an entry depends on: engine, options, JDK
     * @return empty, after one warning, if the folder cannot be used
     */
    public static Optional<DiskStore> open(
            Path directory, ByteSize limit, String variant, InstantSource clock) {
        try {
            StoreFolder folder = StoreFolder.open(directory);
            var room = new StoreEviction(directory, limit.bytes());
            room.removeUnfinished(clock.instant());
            return Optional.of(new DiskStore(folder, room, variant, folder.key(), clock));
        } catch (IOException e) {
            LOG.warn(
                    "compiled modules are not kept: the folder {} cannot be used: {}",
                    directory,
                    e.toString());
            return Optional.empty();
        }
    }

    /** The content under a digest, if it is there and whole. */
    public Optional<byte[]> get(String digest) {
        Path file = folder.path().resolve(name(digest));
        try {
            // A damaged file may be of any size.
            int limit = (int) Math.min(room.limit(), MAX_ENTRY);
            Optional<byte[]> entry =
                    BoundedFile.bytes(file, limit).filter(e -> seal.isWhole(name(digest), e));
            if (entry.isPresent()) {
                touch(file);
                return entry.map(e -> Arrays.copyOfRange(e, EntryMac.BYTES, e.length));
            }
            reject(digest);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("the compiled module {} cannot be read: {}", digest, e.toString());
        }
        return Optional.empty();
    }

    /** Notes the time of use, which decides the order of eviction; a wrong time does no harm. */
    private void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException e) {
            LOG.debug("the time of {} cannot be set: {}", file, e.toString());
        }
    }

    /** Removes an entry that is damaged, foreign or useless. */
    public void reject(String digest) {
        LOG.warn("the compiled module {} is damaged or foreign: compiled anew", digest);
        room.remove(folder.path().resolve(name(digest)));
    }

    /** Stores content; repeated failures are one warning. */
    public void put(String digest, byte[] content) {
        if (EntryMac.BYTES + (long) content.length > room.limit()) {
            LOG.debug("the compiled module {} is larger than the whole store", digest);
            return;
        }
        try {
            byte[] checksum = seal.of(name(digest), content);
            folder.write(
                    name(digest),
                    clock.instant(),
                    ByteBuffer.wrap(checksum),
                    ByteBuffer.wrap(content));
            failing.set(false);
            room.makeRoom();
        } catch (IOException e) {
            if (!failing.getAndSet(true)) {
                LOG.warn("compiled modules cannot be kept in {}: {}", folder.path(), e.toString());
            }
        }
    }

    private String name(String digest) {
        return digest + "-" + variant + StoreEviction.SUFFIX;
    }
}
