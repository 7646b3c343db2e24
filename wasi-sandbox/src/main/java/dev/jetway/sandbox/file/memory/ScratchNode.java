package dev.jetway.sandbox.file.memory;

import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.TimeChange;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file, directory or link in memory, under any number of names. Used by the run's thread only.
 */
abstract sealed class ScratchNode {
    /** Device number: a run has one such file system. */
    private static final long DEVICE = 1;

    private final long inode;
    private int links;
    private long accessed;
    private long modified;
    private long changed;

    private ScratchNode(long inode, long now) {
        this.inode = inode;
        this.accessed = now;
        this.modified = now;
        this.changed = now;
    }

    abstract FileType type();

    abstract long size();

    /** Called when the last name is gone. */
    abstract void nameless();

    long inode() {
        return inode;
    }

    void named(long now) {
        links++;
        changed = now;
    }

    void unnamed(long now) {
        links--;
        changed = now;
        if (links == 0) {
            nameless();
        }
    }

    boolean isNamed() {
        return links > 0;
    }

    void touched(long now) {
        modified = now;
        changed = now;
    }

    void setTimes(TimeChange access, TimeChange modification, long now) {
        accessed = time(access, accessed, now);
        modified = time(modification, modified, now);
        changed = now;
    }

    private static long time(TimeChange change, long before, long now) {
        return switch (change) {
            case TimeChange.Keep keep -> before;
            case TimeChange.Now present -> now;
            case TimeChange.At at -> at.nanos();
        };
    }

    FileStatus status() {
        return new FileStatus(
                DEVICE, inode, type(), Math.max(links, 0), size(), accessed, modified, changed);
    }

    /** A symbolic link. */
    static final class Link extends ScratchNode {
        private final byte[] target;

        Link(long inode, long now, byte[] target) {
            super(inode, now);
            this.target = target;
        }

        byte[] target() {
            return target.clone();
        }

        @Override
        FileType type() {
            return FileType.SYMBOLIC_LINK;
        }

        @Override
        long size() {
            return target.length;
        }

        @Override
        void nameless() {}
    }

    /** A directory: its names, each with a number for listings. */
    public static final class Folder extends ScratchNode {
        /** Numbers of {@code .} and {@code ..} in listings. */
        static final long FIRST = 2;

        private final Map<ByteBuffer, Entry> byName = new HashMap<>();
        private final TreeMap<Long, Entry> byNumber = new TreeMap<>();
        private long next = FIRST;
        private @Nullable Folder parent;

        Folder(long inode, long now) {
            super(inode, now);
        }

        /** One entry. */
        @SuppressWarnings("ArrayRecordComponent") // Never compared.
        record Entry(long number, byte[] name, ScratchNode node) {}

        @Nullable ScratchNode find(byte[] name) {
            Entry entry = byName.get(ByteBuffer.wrap(name));
            return entry == null ? null : entry.node();
        }

        void put(byte[] name, ScratchNode node, long now) {
            Entry entry = new Entry(next++, name.clone(), node);
            byName.put(ByteBuffer.wrap(entry.name()), entry);
            byNumber.put(entry.number(), entry);
            if (node instanceof Folder folder) {
                folder.parent = this;
            }
            node.named(now);
            touched(now);
        }

        void remove(byte[] name, long now) {
            Entry entry = byName.remove(ByteBuffer.wrap(name));
            if (entry != null) {
                byNumber.remove(entry.number());
                entry.node().unnamed(now);
                touched(now);
            }
        }

        /** The parent directory; the directory itself if it has none. */
        Folder above() {
            return parent == null ? this : parent;
        }

        boolean isEmpty() {
            return byName.isEmpty();
        }

        SortedMap<Long, Entry> from(long number) {
            return byNumber.tailMap(number);
        }

        /** Whether this is that directory or lies in it, at any depth. */
        @SuppressWarnings("ReferenceEquality") // A directory has one parent.
        boolean isWithin(ScratchNode other) {
            for (Folder at = this; at != null; at = at.parent) {
                if (at == other) {
                    return true;
                }
            }
            return false;
        }

        @Override
        FileType type() {
            return FileType.DIRECTORY;
        }

        @Override
        long size() {
            return 0;
        }

        @Override
        void nameless() {
            parent = null;
        }
    }

    /** A regular file, whose contents stay while it has a name or is open. */
    static final class File extends ScratchNode {
        private final ScratchRoom room;
        private final ScratchBlocks contents;
        private int opened;

        File(long inode, ScratchRoom room) {
            super(inode, room.now());
            this.room = room;
            this.contents = new ScratchBlocks(room);
        }

        void opened() {
            opened++;
        }

        void closed() {
            opened--;
            discardIfUnreachable();
        }

        @Override
        void nameless() {
            discardIfUnreachable();
        }

        private void discardIfUnreachable() {
            if (opened == 0 && !isNamed()) {
                contents.clear();
            }
        }

        int read(long offset, byte[] to, int length) {
            return contents.read(offset, to, length);
        }

        /** Writes as much as there is room for; throws only if there is none. */
        int write(long offset, byte[] from, int length) {
            int written = contents.write(offset, from, length);
            touched(room.now());
            return written;
        }

        void setSize(long size) {
            contents.setSize(size);
            touched(room.now());
        }

        void allocate(long offset, long length) {
            contents.allocate(offset, length);
            touched(room.now());
        }

        @Override
        FileType type() {
            return FileType.REGULAR_FILE;
        }

        @Override
        long size() {
            return contents.size();
        }
    }
}
