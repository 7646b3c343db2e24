package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.LimitHits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A guest's table of descriptors; a new one gets the lowest free number, as in POSIX. Directories
 * are opened when a guest first looks beyond its streams: many never do. Used by the run's thread.
 */
final class Descriptors implements AutoCloseable {
    private final int most;
    private final LimitHits limitHits;
    private final List<@Nullable Descriptor> table;
    private final int streams;
    private int given;
    private @Nullable Supplier<List<Descriptor>> unopened;

    /**
     * The table of a guest that begins. Initial descriptors do not count.
     *
     * @param most descriptors that may be added
     * @param streams the first descriptors
     * @param directories those that follow
     */
    Descriptors(
            int most,
            LimitHits limitHits,
            List<Descriptor> streams,
            Supplier<List<Descriptor>> directories) {
        this.most = most;
        this.limitHits = limitHits;
        this.table = new ArrayList<>(streams);
        this.streams = streams.size();
        this.given = streams.size();
        this.unopened = directories;
    }

    /** Opens the directories, if none has been asked for yet. */
    private void open() {
        Supplier<List<Descriptor>> directories = unopened;
        if (directories != null) {
            unopened = null;
            table.addAll(directories.get());
            given = table.size();
        }
    }

    /** Adds a descriptor under the lowest free number. */
    int add(Descriptor descriptor) {
        int free = table.indexOf(null);
        if (free >= 0) {
            table.set(free, descriptor);
            return free;
        }
        requireRoom();
        table.add(descriptor);
        return table.size() - 1;
    }

    /** Throws if no descriptor can be added: checked before the host opens anything. */
    void requireRoom() {
        open();
        if (table.size() >= most + given && !table.contains(null)) {
            limitHits.add("descriptors");
            throw Errno.MFILE.failure();
        }
    }

    Descriptor get(int number) {
        if (number >= streams) {
            open();
        }
        Descriptor found = number < 0 || number >= table.size() ? null : table.get(number);
        if (found == null) {
            throw Errno.BADF.failure();
        }
        return found;
    }

    Descriptor.File file(int number) {
        return switch (get(number)) {
            case Descriptor.File file -> file;
            case Descriptor.Stream stream -> throw Errno.SPIPE.failure();
            case Descriptor.Folder folder -> throw Errno.BADF.failure();
        };
    }

    /** The directory that a path starts from, for every call that opens something. */
    Descriptor.Folder folder(int number, long right) {
        StackRoom.require();
        if (!(get(number) instanceof Descriptor.Folder folder)) {
            throw Errno.NOTDIR.failure();
        }
        folder.require(right);
        return folder;
    }

    void remove(int number) {
        get(number).close();
        table.set(number, null);
    }

    /** Whether there are the initial descriptors only; none of these has been closed. */
    boolean areInitial() {
        for (int i = given; i < table.size(); i++) {
            if (table.get(i) != null) {
                return false;
            }
        }
        return true;
    }

    /** Whether a descriptor is one of the initial ones. */
    boolean isInitial(int number) {
        open();
        return number >= 0 && number < given;
    }

    /** Moves a descriptor to the number of another, which is closed. */
    void renumber(int from, int to) {
        Descriptor moved = get(from);
        Descriptor replaced = get(to);
        if (from != to) {
            replaced.close();
            table.set(to, moved);
            table.set(from, null);
        }
    }

    @Override
    public void close() {
        for (Descriptor descriptor : table) {
            if (descriptor != null) {
                descriptor.close();
            }
        }
        table.clear();
    }
}
