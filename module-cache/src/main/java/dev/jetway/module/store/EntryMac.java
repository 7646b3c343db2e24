package dev.jetway.module.store;

import dev.jetway.module.source.ModuleBytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The keyed checksum that an entry begins with: HMAC-SHA-256 (RFC 2104) over the entry's name, a
 * zero byte and the content, so that a file cannot stand in for another. Written out here because a
 * start would wait for the JDK's framework of providers. Immutable; safe to share between threads.
 */
public final class EntryMac {
    /** Bytes of the checksum. */
    public static final int BYTES = 32;

    /** Bytes of a block of SHA-256, and of the longest key. */
    static final int MAX_KEY = 64;

    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    private final byte[] innerKey;
    private final byte[] outerKey;

    /**
     * A seal.
     *
     * @param key at most {@link #MAX_KEY} bytes
     */
    public EntryMac(byte[] key) {
        if (key.length > MAX_KEY) {
            throw new IllegalArgumentException("the key has more than " + MAX_KEY + " bytes");
        }
        this.innerKey = masked(key, INNER);
        this.outerKey = masked(key, OUTER);
    }

    private static byte[] masked(byte[] key, byte mask) {
        byte[] masked = Arrays.copyOf(key, MAX_KEY);
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= mask;
        }
        return masked;
    }

    /** The checksum of a content under a name. */
    byte[] of(String name, byte[] content) {
        return of(name, content, 0);
    }

    /** Whether a checksum and the content after it are as they were written. */
    public boolean isWhole(String name, byte[] entry) {
        return entry.length >= BYTES
                && MessageDigest.isEqual(Arrays.copyOf(entry, BYTES), of(name, entry, BYTES));
    }

    private byte[] of(String name, byte[] bytes, int from) {
        MessageDigest sha256 = ModuleBytes.sha256();
        sha256.update(innerKey);
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        sha256.update(bytes, from, bytes.length - from);
        byte[] inner = sha256.digest();
        sha256.update(outerKey);
        return sha256.digest(inner);
    }
}
