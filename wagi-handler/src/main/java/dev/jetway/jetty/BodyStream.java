package dev.jetway.jetty;

import dev.jetway.admission.Parking;
import dev.jetway.base.ByteSize;
import dev.jetway.failure.Failure;
import dev.jetway.gateway.RequestBody;
import dev.jetway.sandbox.RunCancelledException;
import dev.jetway.sandbox.host.PolledInput;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A body that the guest reads as it arrives, and that is not stored. A failure ends the guest,
 * which must not take a part of the body for all of it. Used by one thread at a time.
 */
final class BodyStream implements RequestBody {
    /** Period in which a guest that also waits for a clock checks for bytes. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private final Content.Source source;
    private final long announced;
    private final ByteSize limit;
    private final Semaphore demanded = new Semaphore(0);
    private Content.@Nullable Chunk chunk;
    private boolean last;
    private long received;
    private @Nullable Failure failure;

    /**
     * A stream.
     *
     * @param announced bytes of the body, negative if unknown
     */
    BodyStream(Content.Source source, long announced, ByteSize limit) {
        this.source = source;
        this.announced = announced;
        this.limit = limit;
        if (announced > limit.bytes()) {
            failure = new Failure.BodyTooLarge(limit);
        }
    }

    @Override
    public OptionalLong length() {
        return announced < 0 ? OptionalLong.empty() : OptionalLong.of(announced);
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public InputStream open(Parking wait) {
        return new PolledInput() {
            @Override
            public int read() {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                Objects.checkFromIndexSize(offset, length, to.length);
                return length == 0 ? 0 : take(to, offset, length, wait);
            }

            @Override
            public OptionalLong ready() {
                return fetch() ? OptionalLong.of(remaining()) : OptionalLong.empty();
            }

            @Override
            public void awaitReady() throws InterruptedException {
                await(wait);
            }

            @Override
            public void awaitReady(Duration atMost) throws InterruptedException {
                await(wait, atMost);
            }
        };
    }

    private int take(byte[] to, int offset, int length, Parking wait) {
        try {
            await(wait);
        } catch (InterruptedException e) {
            throw new RunCancelledException("interrupted while the client was slow");
        }
        Content.Chunk present = chunk;
        return present == null ? -1 : present.get(to, offset, length);
    }

    private void await(Parking wait) throws InterruptedException {
        while (!fetch()) {
            source.demand(demanded::release);
            wait.through(demanded::acquire);
        }
    }

    /** Waits without a demand: a demand cannot be withdrawn and must not outlive the response. */
    private void await(Parking wait, Duration atMost) throws InterruptedException {
        if (fetch()) {
            return;
        }
        long end = System.nanoTime() + atMost.toNanos();
        wait.through(() -> {
            long left = end - System.nanoTime();
            while (!fetch() && left > 0) {
                Thread.sleep(Duration.ofNanos(Math.min(left, LOOK.toNanos())));
                left = end - System.nanoTime();
            }
        });
    }

    /** Whether there is a chunk with bytes, or the end; never waits. */
    private boolean fetch() {
        while (remaining() == 0) {
            release();
            if (last) {
                return true;
            }
            Content.Chunk read = source.read();
            if (read == null) {
                return false;
            }
            if (Content.Chunk.isFailure(read)) {
                throw ended(BodyCollector.failure(read.getFailure()));
            }
            chunk = read;
            last = read.isLast();
            received += read.remaining();
            if (received > limit.bytes()) {
                throw ended(new Failure.BodyTooLarge(limit));
            }
        }
        return true;
    }

    private int remaining() {
        return chunk == null ? 0 : chunk.remaining();
    }

    private RunCancelledException ended(Failure why) {
        failure = why;
        return new RunCancelledException("the request's body broke off");
    }

    private void release() {
        if (chunk != null) {
            chunk.release();
            chunk = null;
        }
    }

    @Override
    public void close() {
        release();
    }
}
