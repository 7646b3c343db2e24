package dev.jetway.sandbox.file.memory;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The contents of a file in memory: the blocks that have been written to; the others read as zeros.
 * Used by the run's thread only.
 */
final class ScratchBlocks {
    private static final int BLOCK = ScratchRoom.BLOCK;

    private final ScratchRoom room;
    private final Map<Long, byte[]> blocks = new HashMap<>();
    private long size;

    ScratchBlocks(ScratchRoom room) {
        this.room = room;
    }

    long size() {
        return size;
    }

    /** Releases everything. */
    void clear() {
        room.give(blocks.size());
        blocks.clear();
        size = 0;
    }

    int read(long offset, byte[] to, int length) {
        int end = Math.clamp(size - offset, 0, length);
        int done = 0;
        while (done < end) {
            int at = (int) ((offset + done) % BLOCK);
            int part = Math.min(end - done, BLOCK - at);
            byte[] block = blocks.get((offset + done) / BLOCK);
            if (block == null) {
                Arrays.fill(to, done, done + part, (byte) 0);
            } else {
                System.arraycopy(block, at, to, done, part);
            }
            done += part;
        }
        return end;
    }

    /** Writes as much as there is room for; throws only if there is none. */
    int write(long offset, byte[] from, int length) {
        if (offset >= room.maximumSize() && length > 0) {
            throw Errno.FBIG.failure();
        }
        int wanted = (int) Math.min(length, room.maximumSize() - offset);
        int done = 0;
        while (done < wanted) {
            int at = (int) ((offset + done) % BLOCK);
            int part = Math.min(wanted - done, BLOCK - at);
            byte[] block;
            try {
                block = block((offset + done) / BLOCK);
            } catch (ErrnoException e) {
                if (done == 0) {
                    throw e;
                }
                break;
            }
            System.arraycopy(from, done, block, at, part);
            done += part;
            size = Math.max(size, offset + done);
        }
        return done;
    }

    private byte[] block(long number) {
        byte[] block = blocks.get(number);
        if (block == null) {
            room.take();
            block = new byte[BLOCK];
            blocks.put(number, block);
        }
        return block;
    }

    /** Truncates, or extends with zeros. */
    void setSize(long newSize) {
        if (newSize > room.maximumSize()) {
            throw Errno.FBIG.failure();
        }
        if (newSize < size) {
            long kept = (newSize + BLOCK - 1) / BLOCK;
            int before = blocks.size();
            blocks.keySet().removeIf(number -> number >= kept);
            room.give(before - blocks.size());
            byte[] last = blocks.get(newSize / BLOCK);
            if (last != null) {
                Arrays.fill(last, (int) (newSize % BLOCK), BLOCK, (byte) 0);
            }
        }
        size = newSize;
    }

    /** Makes all blocks of a range, extending the file if need be. */
    void allocate(long offset, long length) {
        if (length > room.maximumSize() - offset) {
            throw Errno.FBIG.failure();
        }
        for (long b = offset / BLOCK; b * BLOCK < offset + length; b++) {
            block(b);
        }
        size = Math.max(size, offset + length);
    }
}
