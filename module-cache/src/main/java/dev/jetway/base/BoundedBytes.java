package dev.jetway.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Collects the output of a guest up to a limit; more is an error to the guest. */
public final class BoundedBytes extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final long limit;
    private boolean exceeded;

    public BoundedBytes(long limit) {
        this.limit = limit;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int offset, int length) throws IOException {
        if (length > limit - bytes.size()) {
            exceeded = true;
            throw new IOException("more than " + limit + " bytes");
        }
        bytes.write(b, offset, length);
    }

    public boolean exceeded() {
        return exceeded;
    }

    public byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
