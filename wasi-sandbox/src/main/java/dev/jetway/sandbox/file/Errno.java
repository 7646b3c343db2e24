package dev.jetway.sandbox.file;

import java.util.HashMap;
import java.util.Map;

/** The error numbers of WASI preview 1 that host functions return, with Linux's numbers. */
public enum Errno {
    SUCCESS(0, 0),
    TOO_BIG(1, 7),
    ACCES(2, 13),
    AGAIN(6, 11),
    BADF(8, 9),
    BUSY(10, 16),
    DQUOT(19, 122),
    EXIST(20, 17),
    FAULT(21, 14),
    FBIG(22, 27),
    ILSEQ(25, 84),
    INTR(27, 4),
    INVAL(28, 22),
    IO(29, 5),
    ISDIR(31, 21),
    LOOP(32, 40),
    MFILE(33, 24),
    MLINK(34, 31),
    NAMETOOLONG(37, 36),
    NFILE(41, 23),
    NODEV(43, 19),
    NOENT(44, 2),
    NOMEM(48, 12),
    NOSPC(51, 28),
    NOTDIR(54, 20),
    NOTEMPTY(55, 39),
    NOTSOCK(57, 88),
    NOTSUP(58, 95),
    NXIO(60, 6),
    OVERFLOW(61, 75),
    PERM(63, 1),
    PIPE(64, 32),
    ROFS(69, 30),
    SPIPE(70, 29),
    STALE(72, 116),
    TXTBSY(74, 26),
    XDEV(75, 18),
    NOTCAPABLE(76, -1);

    // The numbers of Linux are the same on x86-64 and aarch64 (asm-generic/errno.h).
    private static final Map<Integer, Errno> BY_LINUX = new HashMap<>();

    static {
        for (Errno errno : values()) {
            BY_LINUX.put(errno.linux, errno);
        }
    }

    private final int number;
    private final int linux;

    Errno(int number, int linux) {
        this.number = number;
        this.linux = linux;
    }

    /** The number that a guest sees. */
    public int number() {
        return number;
    }

    /** The number for an error of the host; {@link #IO} if there is no counterpart. */
    public static Errno ofLinux(int number) {
        return BY_LINUX.getOrDefault(number, IO);
    }

    /** The exception that returns this number to the guest. */
    public ErrnoException failure() {
        return new ErrnoException(this);
    }
}
