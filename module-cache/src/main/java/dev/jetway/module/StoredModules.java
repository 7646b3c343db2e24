package dev.jetway.module;

import dev.jetway.base.BoundedFile;
import dev.jetway.base.ByteSize;
import dev.jetway.module.store.DiskStore;
import dev.jetway.module.store.EntryMac;
import dev.jetway.module.store.StoreEviction;
import dev.jetway.module.store.StoreFolder;
import dev.jetway.module.store.StoredModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The compiled modules on disk, for their owner to list, check and remove, even while servers use
 * them. Safe to share between threads and between processes.
 */
public final class StoredModules {
    private final Path folder;
    private final EntryMac seal;
    private final StoreEviction room;
    private final int largest;

    private StoredModules(Path folder, EntryMac seal, int largest) {
        this.folder = folder;
        this.seal = seal;
        this.largest = largest;
        this.room = new StoreEviction(folder, Long.MAX_VALUE);
    }

    /**
     * Opens a folder.
     *
     * @throws IOException if it is not there, cannot be used, or not be trusted
     */
    public static StoredModules open(Path folder) throws IOException {
        return open(folder, DiskStore.MAX_ENTRY);
    }

    /**
     * Opens a folder with another bound.
     *
     * @param largest bytes of an entry that is read to be checked
     */
    static StoredModules open(Path folder, int largest) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException("there is no folder " + folder);
        }
        return new StoredModules(folder, new EntryMac(StoreFolder.open(folder).key()), largest);
    }

    /** All modules, the last used first. */
    public List<StoredModule> list() throws IOException {
        return room.entries().stream()
                .sorted(Comparator.comparing(StoreEviction.Entry::used).reversed())
                .map(StoredModules::module)
                .toList();
    }

    private static StoredModule module(StoreEviction.Entry entry) {
        String name = String.valueOf(entry.file().getFileName());
        String stem = name.substring(0, name.length() - StoreEviction.SUFFIX.length());
        int dash = stem.indexOf('-');
        String digest = dash < 0 ? stem : stem.substring(0, dash);
        String variant = dash < 0 ? "" : stem.substring(dash + 1);
        return new StoredModule(
                digest,
                variant,
                variant.equals(EngineVersion.text()),
                new ByteSize(entry.size()),
                entry.used().toInstant());
    }

    /** Removes modules that are damaged or were not written by this user's servers. */
    public List<StoredModule> removeDamaged() throws IOException {
        var damaged = new ArrayList<StoredModule>();
        for (StoreEviction.Entry entry : room.entries()) {
            if (!isWhole(entry.file())) {
                damaged.add(module(entry));
                room.remove(entry.file());
            }
        }
        return damaged;
    }

    private boolean isWhole(Path file) throws IOException {
        try {
            String name = String.valueOf(file.getFileName());
            Optional<byte[]> entry =
                    BoundedFile.bytes(file, largest).filter(e -> seal.isWhole(name, e));
            if (entry.isEmpty()) {
                return false;
            }
            byte[] sealed = entry.get();
            ModuleImage.decode(Arrays.copyOfRange(sealed, EntryMac.BYTES, sealed.length));
            return true;
        } catch (NoSuchFileException e) {
            // A server has removed it meanwhile.
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Removes modules that have not been used since then. */
    public List<StoredModule> removeUnused(Instant since) throws IOException {
        var removed = new ArrayList<StoredModule>();
        for (StoreEviction.Entry entry : room.entries()) {
            if (entry.used().toInstant().isBefore(since)) {
                removed.add(module(entry));
                room.remove(entry.file());
            }
        }
        return removed;
    }

    /** Removes the least recently used modules until the folder is within a size. */
    public List<StoredModule> shrink(ByteSize size) throws IOException {
        return new StoreEviction(folder, size.bytes())
                .makeRoom().stream().map(StoredModules::module).toList();
    }
}
