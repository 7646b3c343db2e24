package dev.jetway.sandbox.file;

import java.util.Locale;

/** Flags of {@code open(2)}, which are not the same on all architectures of Linux. */
final class OpenFlags {
    static final int WRITE_ONLY = 1;
    static final int READ_WRITE = 2;
    static final int CREATE = 0x40;
    static final int EXCLUSIVE = 0x80;
    static final int NO_TERMINAL = 0x100;
    static final int APPEND = 0x400;
    static final int NON_BLOCKING = 0x800;
    static final int SYNC = 0x101000;
    static final int CLOSE_ON_EXEC = 0x80000;

    /** A handle to walk with: nothing is read and no device is woken (open(2), O_PATH). */
    static final int PATH = 0x200000;

    private static final boolean ARM = isArm(System.getProperty("os.arch", ""));

    // asm-generic/fcntl.h, arch/arm64/include/uapi/asm/fcntl.h
    static final int DIRECTORY = ARM ? 0x4000 : 0x10000;
    static final int NO_FOLLOW = ARM ? 0x8000 : 0x20000;

    private OpenFlags() {}

    private static boolean isArm(String architecture) {
        return architecture.toLowerCase(Locale.ROOT).equals("aarch64");
    }
}
