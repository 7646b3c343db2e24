package dev.jetway.module.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder within its size by deleting the least recently used entries. Other processes may
 * do so in the same folder at the same time.
 */
public final class StoreEviction {
    /** Suffix of every entry, of any version of engine and JDK. */
    public static final String SUFFIX = ".module";

    private static final Logger LOG = LoggerFactory.getLogger(StoreEviction.class);

    /** Age in which every write has ended: the process of an older temporary file was killed. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final long limit;

    public StoreEviction(Path folder, long limit) {
        this.folder = folder;
        this.limit = limit;
    }

    /** A file of the folder. */
    public record Entry(Path file, long size, FileTime used) {}

    /** All entries, unordered. */
    public List<Entry> entries() throws IOException {
        return entries("*" + SUFFIX);
    }

    /** Bytes of all entries. */
    long limit() {
        return limit;
    }

    /** Deletes entries until the folder is within the limit, and returns them. */
    public List<Entry> makeRoom() throws IOException {
        var removed = new ArrayList<Entry>();
        List<Entry> entries = entries();
        entries.sort(Comparator.comparing(Entry::used).thenComparing(Entry::file));
        long total = entries.stream().mapToLong(Entry::size).sum();
        for (Entry entry : entries) {
            if (total <= limit) {
                break;
            }
            remove(entry.file());
            removed.add(entry);
            total -= entry.size();
            LOG.debug("evicted {}", entry.file());
        }
        return removed;
    }

    /** Deletes unfinished files of processes that were killed. */
    void removeUnfinished(Instant now) throws IOException {
        FileTime before = FileTime.from(now.minus(ABANDONED));
        for (Entry entry : entries(StoreFolder.UNFINISHED + "*")) {
            if (entry.used().compareTo(before) < 0) {
                remove(entry.file());
            }
        }
    }

    /** Deletes a file, if it is still there. */
    public void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.debug("{} cannot be removed: {}", file, e.toString());
        }
    }

    private List<Entry> entries(String glob) throws IOException {
        var entries = new ArrayList<Entry>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
            for (Path file : files) {
                try {
                    var found = Files.readAttributes(file, BasicFileAttributes.class);
                    entries.add(new Entry(file, found.size(), found.lastModifiedTime()));
                } catch (NoSuchFileException e) {
                    LOG.trace("{} went meanwhile", file);
                }
            }
        }
        return entries;
    }
}
