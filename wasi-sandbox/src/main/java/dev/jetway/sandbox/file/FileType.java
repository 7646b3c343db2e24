package dev.jetway.sandbox.file;

/** The type of a file, with the number of WASI's {@code filetype}. */
public enum FileType {
    /** A FIFO, or an unknown type. */
    UNKNOWN(0),
    /** A block device. */
    BLOCK_DEVICE(1),
    /** A character device. */
    CHARACTER_DEVICE(2),
    /** A directory. */
    DIRECTORY(3),
    /** A regular file. */
    REGULAR_FILE(4),
    /** A socket for datagrams; the host cannot tell it from one for streams. */
    SOCKET_DGRAM(5),
    /** A socket. */
    SOCKET_STREAM(6),
    /** A symbolic link. */
    SYMBOLIC_LINK(7);

    /** The bits of {@code st_mode} that hold the type, shifted down; {@code d_type} is the same. */
    private static final int MODE_SHIFT = 12;

    private final int number;

    FileType(int number) {
        this.number = number;
    }

    public static FileType ofMode(int mode) {
        return of(mode >> MODE_SHIFT);
    }

    public static FileType of(int kind) {
        return switch (kind) {
            case 2 -> CHARACTER_DEVICE;
            case 4 -> DIRECTORY;
            case 6 -> BLOCK_DEVICE;
            case 8 -> REGULAR_FILE;
            case 10 -> SYMBOLIC_LINK;
            case 12 -> SOCKET_STREAM;
            default -> UNKNOWN;
        };
    }

    /** WASI's number. */
    public int number() {
        return number;
    }
}
