package dev.jetway.module;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keyed checksum that an entry begins with. It covers the entry's name too: a file cannot stand
 * in for another. Immutable; safe to share between threads.
 */
final class EntrySeal {
    /** Bytes of the checksum. */
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    EntrySeal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The checksum of a content under a name. */
    byte[] of(String name, byte[] content) {
        return mac(name).doFinal(content);
    }

    /** Whether a checksum and the content after it are as they were written. */
    boolean isWhole(String name, byte[] entry) {
        if (entry.length < BYTES) {
            return false;
        }
        Mac mac = mac(name);
        mac.update(entry, BYTES, entry.length - BYTES);
        return MessageDigest.isEqual(Arrays.copyOf(entry, BYTES), mac.doFinal());
    }

    private Mac mac(String name) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(name.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
