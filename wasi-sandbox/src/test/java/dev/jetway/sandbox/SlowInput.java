package dev.jetway.sandbox;

import dev.jetway.sandbox.host.PolledInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * An input whose parts come one by one, each after the guest has waited for it; then nothing more.
 */
final class SlowInput extends PolledInput {
    private final List<byte[]> parts = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private byte[] present = {};
    private boolean ends;
    private boolean ended;

    SlowInput(String... parts) {
        for (String part : parts) {
            this.parts.add(part.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** An input with an end after the last part. */
    SlowInput thenEnds() {
        ends = true;
        return this;
    }

    /** The bounds of all bounded waits. */
    List<Duration> waits() {
        return waits;
    }

    @Override
    public OptionalLong ready() {
        return present.length > 0 || ended ? OptionalLong.of(present.length) : OptionalLong.empty();
    }

    @Override
    public void awaitReady() throws InterruptedException {
        if (ready().isPresent()) {
            return;
        }
        if (!parts.isEmpty()) {
            present = parts.removeFirst();
        } else if (ends) {
            ended = true;
        } else {
            new CountDownLatch(1).await();
        }
    }

    /** A bounded wait: nothing comes in that time. */
    @Override
    public void awaitReady(Duration atMost) throws InterruptedException {
        waits.add(atMost);
        Thread.sleep(atMost);
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] to, int offset, int length) {
        try {
            awaitReady();
        } catch (InterruptedException e) {
            throw new RunCancelledException("interrupted");
        }
        if (present.length == 0) {
            return -1;
        }
        int count = Math.min(length, present.length);
        System.arraycopy(present, 0, to, offset, count);
        present = Arrays.copyOfRange(present, count, present.length);
        return count;
    }
}
