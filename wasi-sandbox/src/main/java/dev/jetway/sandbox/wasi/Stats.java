package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.TimeChange;
import dev.jetway.sandbox.host.GuestMemory;

/** The layouts of {@code fdstat} and {@code filestat}, and the flags that set times. */
final class Stats {
    private static final int FDSTAT_SIZE = 24;
    private static final int FDSTAT_FLAGS = 2;
    private static final int FDSTAT_RIGHTS = 8;
    private static final int FDSTAT_INHERITING = 16;

    private static final int FILESTAT_SIZE = 64;
    private static final int FILESTAT_INODE = 8;
    private static final int FILESTAT_TYPE = 16;
    private static final int FILESTAT_LINKS = 24;
    private static final int FILESTAT_BYTES = 32;
    private static final int FILESTAT_ACCESSED = 40;
    private static final int FILESTAT_MODIFIED = 48;
    private static final int FILESTAT_CHANGED = 56;

    private static final int SET_ACCESSED = 1;
    private static final int ACCESSED_NOW = 1 << 1;
    private static final int SET_MODIFIED = 1 << 2;
    private static final int MODIFIED_NOW = 1 << 3;
    private static final int ALL = SET_ACCESSED | ACCESSED_NOW | SET_MODIFIED | MODIFIED_NOW;

    private Stats() {}

    static void write(GuestMemory memory, int at, Descriptor descriptor) {
        memory.zero(at, FDSTAT_SIZE);
        memory.writeByte(at, descriptor.type().number());
        memory.writeShort(at + FDSTAT_FLAGS, descriptor.flags());
        memory.writeLong(at + FDSTAT_RIGHTS, descriptor.rights());
        memory.writeLong(at + FDSTAT_INHERITING, descriptor.inheriting());
    }

    static void write(GuestMemory memory, int at, FileStatus status) {
        memory.zero(at, FILESTAT_SIZE);
        memory.writeLong(at, status.device());
        memory.writeLong(at + FILESTAT_INODE, status.inode());
        memory.writeByte(at + FILESTAT_TYPE, status.type().number());
        memory.writeLong(at + FILESTAT_LINKS, status.links());
        memory.writeLong(at + FILESTAT_BYTES, status.size());
        memory.writeLong(at + FILESTAT_ACCESSED, status.accessed());
        memory.writeLong(at + FILESTAT_MODIFIED, status.modified());
        memory.writeLong(at + FILESTAT_CHANGED, status.changed());
    }

    /** The change of the time of the last access. */
    static TimeChange accessed(long nanos, int flags) {
        return change(nanos, flags, SET_ACCESSED, ACCESSED_NOW);
    }

    /** The change of the time of the last modification. */
    static TimeChange modified(long nanos, int flags) {
        return change(nanos, flags, SET_MODIFIED, MODIFIED_NOW);
    }

    private static TimeChange change(long nanos, int flags, int set, int now) {
        if ((flags & ~ALL) != 0 || (flags & (set | now)) == (set | now)) {
            throw Errno.INVAL.failure();
        }
        if ((flags & now) != 0) {
            return new TimeChange.Now();
        }
        return (flags & set) != 0 ? new TimeChange.At(nanos) : new TimeChange.Keep();
    }
}
