package dev.jetway.sandbox.file.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.OpenFile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a directory from any cookie on. Cookies stand for the kernel's own positions: no listing is
 * kept between two calls of a guest.
 */
final class HostListing {
    // struct linux_dirent64: inode, position of the next, length, type, name (getdents64(2)).
    static final long NEXT = 8;
    static final long LENGTH = 16;
    static final long TYPE = 18;
    static final long NAME = 19;

    /** Size of the buffer for entries, in bytes. */
    private static final int BATCH = 8 * 1024;

    private final Libc libc;
    private final Cookies cookies;
    private final int handle;

    HostListing(Libc libc, Cookies cookies, int handle) {
        this.libc = libc;
        this.cookies = cookies;
        this.handle = handle;
    }

    void list(long cookie, Directory.Entries entries) {
        libc.contents().seek(handle, cookies.position(cookie), OpenFile.Whence.START);
        boolean wanted = true;
        while (wanted) {
            Interruption.check();
            // Copied, because entries are given out between calls that use the same native memory.
            byte[] batch = libc.contents().entries(handle, BATCH).toArray(JAVA_BYTE);
            if (batch.length == 0) {
                return;
            }
            wanted = give(MemorySegment.ofArray(batch), entries);
        }
    }

    private boolean give(MemorySegment batch, Directory.Entries entries) {
        long at = 0;
        while (at < batch.byteSize()) {
            int length = Short.toUnsignedInt(batch.get(JAVA_SHORT_UNALIGNED, at + LENGTH));
            Directory.Entry entry = entry(batch.asSlice(at, length));
            if (entry != null && !entries.take(entry)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** The name, or null if no guest can write it: WASI's paths are UTF-8. */
    private Directory.@Nullable Entry entry(MemorySegment raw) {
        byte[] rest = raw.asSlice(NAME).toArray(JAVA_BYTE);
        int end = 0;
        while (rest[end] != 0) {
            end++;
        }
        byte[] name = Arrays.copyOf(rest, end);
        if (!GuestPath.isUtf8(name)) {
            return null;
        }
        FileType type = FileType.of(raw.get(JAVA_BYTE, TYPE));
        long inode = raw.get(JAVA_LONG_UNALIGNED, 0);
        if (type == FileType.UNKNOWN) {
            type = looked(name);
        }
        long next = cookies.of(raw.get(JAVA_LONG_UNALIGNED, NEXT));
        return new Directory.Entry(inode, next, type, name);
    }

    /** Some file systems report no type here, so stat is asked. */
    private FileType looked(byte[] name) {
        try {
            return libc.status(handle, name).type();
        } catch (ErrnoException e) {
            return FileType.UNKNOWN;
        }
    }
}
