package dev.jetway.sandbox.file.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.jetway.sandbox.file.OpenFlags;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** {@code struct open_how} of Linux (openat2(2)): three numbers of 64 bits. */
final class OpenHow {
    /** Bytes. */
    static final long SIZE = 3 * Long.BYTES;

    static final MethodHandle OPENAT2 = Symbols.openat2Call();

    static final long FLAGS = 0;
    static final long RESOLVE = 2 * Long.BYTES;
    static final long NO_MAGIC_LINKS = 0x02;
    static final long NO_LINKS = 0x04;
    static final long BENEATH = 0x08;

    private OpenHow() {}

    /** Fills cleared memory: a handle of a directory, without any link on the way. */
    static MemorySegment directoryBelow(MemorySegment to) {
        to.set(JAVA_LONG, FLAGS, OpenFlags.PATH | OpenFlags.DIRECTORY | OpenFlags.CLOSE_ON_EXEC);
        to.set(JAVA_LONG, RESOLVE, NO_MAGIC_LINKS | NO_LINKS | BENEATH);
        return to;
    }

    /** Fills cleared memory: a handle of whatever is there, without any link on the way. */
    static MemorySegment withoutLinks(MemorySegment to) {
        to.set(JAVA_LONG, FLAGS, OpenFlags.PATH | OpenFlags.CLOSE_ON_EXEC);
        to.set(JAVA_LONG, RESOLVE, NO_LINKS);
        return to;
    }
}
