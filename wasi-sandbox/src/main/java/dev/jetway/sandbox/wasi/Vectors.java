package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.function.IntFunction;

/**
 * A guest's list of buffers, processed in steps of {@link WasiRun#STEP} bytes: the host never
 * allocates more than that for a transfer, and checks for the end of the run between two steps.
 */
final class Vectors {
    /** Maximum number of buffers in one call, as IOV_MAX of Linux. */
    static final int MAX_COUNT = 1024;

    private static final int ENTRY = 8;

    private final GuestMemory memory;
    private final int address;
    private final int count;

    Vectors(GuestMemory memory, long address, long count) {
        this.memory = memory;
        this.address = (int) address;
        this.count = (int) count;
        if (Integer.compareUnsigned(this.count, MAX_COUNT) > 0) {
            throw Errno.INVAL.failure();
        }
        memory.require(this.address, (long) this.count * ENTRY);
    }

    /** A step of a transfer. */
    @FunctionalInterface
    interface Step {
        /**
         * Moves bytes between the step's buffer and the other side.
         *
         * @return bytes moved; fewer than asked for ends the transfer
         */
        int move(byte[] buffer, int length, long done);
    }

    /**
     * Fills the guest's buffers; returns the number of bytes received.
     *
     * @param buffers provides a buffer of a length
     */
    int fill(IntFunction<byte[]> buffers, Step from) {
        return transfer((at, length, done) -> {
            byte[] buffer = buffers.apply(length);
            int moved = from.move(buffer, length, done);
            memory.write(at, buffer, moved);
            return moved;
        });
    }

    /** Sends the guest's buffers; returns the number of bytes sent. */
    int drain(Step to) {
        return transfer((at, length, done) -> to.move(memory.read(at, length), length, done));
    }

    @FunctionalInterface
    private interface Piece {
        int move(int address, int length, long done);
    }

    private int transfer(Piece piece) {
        long done = 0;
        for (int i = 0; i < count; i++) {
            int at = memory.readInt(address + i * ENTRY);
            long left = Integer.toUnsignedLong(memory.readInt(address + i * ENTRY + Integer.BYTES));
            memory.require(at, left);
            while (left > 0) {
                Interruption.check();
                int step = (int) Math.min(left, WasiRun.STEP);
                int moved = piece.move(at, step, done);
                done += moved;
                if (moved < step) {
                    return (int) done;
                }
                at += moved;
                left -= moved;
            }
        }
        return (int) done;
    }
}
