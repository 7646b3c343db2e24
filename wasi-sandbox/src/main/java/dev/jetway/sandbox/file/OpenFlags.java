package dev.jetway.sandbox.file;

import java.util.Locale;

/** Flags of {@code open(2)}, which are not the same on all architectures of Linux. */
public final class OpenFlags {
    public static final int WRITE_ONLY = 1;
    public static final int READ_WRITE = 2;
    public static final int CREATE = 0x40;
    public static final int EXCLUSIVE = 0x80;
    public static final int NO_TERMINAL = 0x100;
    public static final int APPEND = 0x400;
    public static final int NON_BLOCKING = 0x800;
    public static final int SYNC = 0x101000;
    public static final int CLOSE_ON_EXEC = 0x80000;

    /** Opens a handle to walk with: nothing is read and no device is touched (open(2), O_PATH). */
    public static final int PATH = 0x200000;

    private static final String HERE = System.getProperty("os.arch", "");

    public static final int DIRECTORY = directory(HERE);
    public static final int NO_FOLLOW = noFollow(HERE);

    private OpenFlags() {}

    /**
     * The flag that refuses all but directories (asm-generic/fcntl.h, and on aarch64
     * arch/arm64/include/uapi/asm/fcntl.h).
     *
     * @param architecture as Java names it
     */
    public static int directory(String architecture) {
        return isArm(architecture) ? 0x4000 : 0x10000;
    }

    /** The flag that follows no link at the end of a path, as {@link #directory}. */
    public static int noFollow(String architecture) {
        return isArm(architecture) ? 0x8000 : 0x20000;
    }

    private static boolean isArm(String architecture) {
        return architecture.toLowerCase(Locale.ROOT).equals("aarch64");
    }
}
