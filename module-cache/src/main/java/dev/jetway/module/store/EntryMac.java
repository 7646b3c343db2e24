package dev.jetway.module.store;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The message authentication code that an entry begins with: HMAC-SHA-256 (RFC 2104) over the
 * entry's name, a zero byte and the content, so that a file cannot stand in for another. Immutable;
 * safe to share between threads.
 */
public final class EntryMac {
    /** Size of the code, in bytes. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** The code under a secret key. */
    public EntryMac(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The code of a content under a name. */
    byte[] of(String name, byte[] content) {
        return of(name, content, 0);
    }

    /** Whether a code and the content after it are as they were written. */
    public boolean isWhole(String name, byte[] entry) {
        return entry.length >= BYTES
                && MessageDigest.isEqual(Arrays.copyOf(entry, BYTES), of(name, entry, BYTES));
    }

    private byte[] of(String name, byte[] bytes, int from) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(bytes, from, bytes.length - from);
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
