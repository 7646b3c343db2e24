package dev.jetway.sandbox;

import java.io.IOException;
import java.io.OutputStream;

/** Passes bytes on up to a bound and drops the others, as a full log does. Used by one thread. */
final class BoundedOutput extends OutputStream {
    private final OutputStream target;
    private long left;
    private boolean cut;

    BoundedOutput(OutputStream target, long limit) {
        this.target = target;
        this.left = limit;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int passed = (int) Math.min(left, length);
        cut |= passed < length;
        if (passed > 0) {
            left -= passed;
            target.write(bytes, offset, passed);
        }
    }

    /** Whether something was dropped. */
    boolean isCut() {
        return cut;
    }
}
