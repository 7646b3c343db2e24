package dev.jetway.sandbox.wasi;

/** WASI's {@code fdflags}, as bits. */
final class FdFlags {
    static final int APPEND = 1;
    static final int DSYNC = 1 << 1;
    static final int NONBLOCK = 1 << 2;
    static final int RSYNC = 1 << 3;
    static final int SYNC = 1 << 4;

    /** Flags that make a write wait for the device; fixed when a file is opened. */
    static final int ANY_SYNC = DSYNC | RSYNC | SYNC;

    static final int ALL = APPEND | NONBLOCK | ANY_SYNC;

    private FdFlags() {}
}
