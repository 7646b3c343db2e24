package dev.jetway.jetty;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Names for requests in the form of Apache's mod_unique_id: 24 characters of {@code A-Z a-z 0-9 @
 * -}. Made of the time, a number of the process drawn at random, and a counter: no secret. Safe to
 * share between threads.
 */
final class RequestIds {
    private static final int BYTES = 18;
    private static final int PROCESS_BYTES = 6;

    private final byte[] process = new byte[PROCESS_BYTES];
    private final AtomicInteger counter = new AtomicInteger();

    RequestIds(SecureRandom random) {
        random.nextBytes(process);
    }

    String next() {
        byte[] id =
                ByteBuffer.allocate(BYTES)
                        .putLong(System.currentTimeMillis())
                        .put(process)
                        .putInt(counter.getAndIncrement())
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id).replace('_', '@');
    }
}
