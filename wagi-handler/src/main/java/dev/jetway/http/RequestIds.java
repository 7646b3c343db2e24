package dev.jetway.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates ids of requests in the form of Apache's mod_unique_id: 24 characters of {@code A-Z a-z
 * 0-9 @ -}, from the time, a random number of the process, and a counter. Not secret. Safe to share
 * between threads.
 */
public final class RequestIds {
    private static final int LENGTH = 24;
    private static final int PROCESS_BYTES = 6;
    private static final int BITS = 6;
    private static final int DIGIT = (1 << BITS) - 1;

    private static final byte[] DIGITS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-@"
                    .getBytes(StandardCharsets.ISO_8859_1);

    private final long process;
    private final AtomicInteger counter = new AtomicInteger();

    public RequestIds(SecureRandom random) {
        var bytes = new byte[Long.BYTES];
        random.nextBytes(bytes);
        process = ByteBuffer.wrap(bytes).getLong() >>> (Long.SIZE - 8 * PROCESS_BYTES);
    }

    /** The digits of 8 bytes of time, 6 of the process and 4 of the counter, 48 bits at a time. */
    public String next() {
        long time = System.currentTimeMillis();
        int count = counter.getAndIncrement();
        var text = new byte[LENGTH];
        put(text, 0, time >>> 16);
        put(text, 8, (time & 0xffff) << 32 | process >>> 16);
        put(text, 16, (process & 0xffff) << 32 | Integer.toUnsignedLong(count));
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int from, long bits) {
        long left = bits;
        for (int i = from + 7; i >= from; i--) {
            text[i] = DIGITS[(int) left & DIGIT];
            left >>>= BITS;
        }
    }
}
