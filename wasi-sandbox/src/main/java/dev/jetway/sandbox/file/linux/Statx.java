package dev.jetway.sandbox.file.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import java.lang.foreign.MemorySegment;

/** {@code struct statx} of linux/stat.h, which is the same on every architecture. */
final class Statx {
    /** The mask for all fields of {@code stat}. */
    static final int BASIC = 0x7ff;

    static final long LINKS = 16;
    static final long GROUP = 24;
    static final long MODE = 28;
    static final long INODE = 32;
    static final long SIZE = 40;
    static final long ACCESSED = 64;
    static final long CHANGED = 96;
    static final long MODIFIED = 112;
    static final long DEVICE_MAJOR = 136;
    static final long DEVICE_MINOR = 140;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Statx() {}

    static FileStatus read(MemorySegment from) {
        return new FileStatus(
                device(from),
                from.get(JAVA_LONG, INODE),
                FileType.ofMode(Short.toUnsignedInt(from.get(JAVA_SHORT, MODE))),
                Integer.toUnsignedLong(from.get(JAVA_INT, LINKS)),
                from.get(JAVA_LONG, SIZE),
                nanos(from, ACCESSED),
                nanos(from, MODIFIED),
                nanos(from, CHANGED));
    }

    /** Whether the status is that of a file, unchanged; the time of the last access aside. */
    static boolean isSame(MemorySegment from, FileStatus file) {
        return from.get(JAVA_LONG, INODE) == file.inode()
                && from.get(JAVA_LONG, SIZE) == file.size()
                && nanos(from, MODIFIED) == file.modified()
                && nanos(from, CHANGED) == file.changed()
                && device(from) == file.device()
                && FileType.ofMode(Short.toUnsignedInt(from.get(JAVA_SHORT, MODE))) == file.type();
    }

    private static long device(MemorySegment from) {
        long major = Integer.toUnsignedLong(from.get(JAVA_INT, DEVICE_MAJOR));
        long minor = Integer.toUnsignedLong(from.get(JAVA_INT, DEVICE_MINOR));
        return major << Integer.SIZE | minor;
    }

    static HostFolder.Permissions permissions(MemorySegment from) {
        return new HostFolder.Permissions(
                Short.toUnsignedInt(from.get(JAVA_SHORT, MODE)), from.get(JAVA_INT, GROUP));
    }

    private static long nanos(MemorySegment from, long at) {
        return from.get(JAVA_LONG, at) * NANOS_PER_SECOND + from.get(JAVA_INT, at + Long.BYTES);
    }
}
