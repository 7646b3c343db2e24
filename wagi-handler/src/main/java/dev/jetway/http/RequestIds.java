package dev.jetway.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates ids of requests in the form of Apache's mod_unique_id: 24 characters of {@code A-Z a-z
 * 0-9 @ -}, from the time, a random number of the process, and a counter. Not secret. Safe to share
 * between threads.
 */
public final class RequestIds {
    private static final int BYTES = 18;
    private static final int PROCESS_BYTES = 6;

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final byte[] process = new byte[PROCESS_BYTES];
    private final AtomicInteger counter = new AtomicInteger();

    public RequestIds(SecureRandom random) {
        random.nextBytes(process);
    }

    public String next() {
        byte[] id =
                ByteBuffer.allocate(BYTES)
                        .putLong(System.currentTimeMillis())
                        .put(process)
                        .putInt(counter.getAndIncrement())
                        .array();
        byte[] text = TEXT.encode(id);
        for (int i = 0; i < text.length; i++) {
            text[i] = text[i] == '_' ? (byte) '@' : text[i];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
