package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.host.GuestMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * {@code fd_readdir}: as many entries as the guest's buffer holds, the last one cut if need be. A
 * buffer that is not full means the end of the directory, so a call may not stop early: a buffer
 * for more entries than the limit is {@link Errno#OVERFLOW}.
 */
final class ListingCall {
    static final List<WasiFunction> ALL =
            List.of(new WasiFunction("fd_readdir", "iiiIi", ListingCall::list));

    private static final int HEADER = 24;

    private final WasiRun run;
    private final GuestMemory memory;
    private int at;
    private long left;
    private int given;

    private ListingCall(WasiRun run, GuestMemory memory, int at, long left) {
        this.run = run;
        this.memory = memory;
        this.at = at;
        this.left = left;
    }

    private static void list(WasiRun run, GuestMemory memory, long... a) {
        Directory directory = PathCalls.folder(run, a[0], Rights.FD_READDIR);
        long room = Integer.toUnsignedLong((int) a[2]);
        memory.require((int) a[1], room);
        var listing = new ListingCall(run, memory, (int) a[1], room);
        directory.list(a[3], listing::take);
        memory.writeInt((int) a[4], (int) (room - listing.left));
    }

    private boolean take(Directory.Entry entry) {
        if (++given > run.limits().directoryEntries()) {
            run.limitHits().add("directory-entries");
            throw Errno.OVERFLOW.failure();
        }
        byte[] name = entry.name();
        byte[] bytes =
                ByteBuffer.allocate(HEADER + name.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(entry.next())
                        .putLong(entry.inode())
                        .putInt(name.length)
                        .putInt(entry.type().number())
                        .put(name)
                        .array();
        int length = (int) Math.min(bytes.length, left);
        memory.write(at, bytes, length);
        at += length;
        left -= length;
        return left > 0;
    }
}
