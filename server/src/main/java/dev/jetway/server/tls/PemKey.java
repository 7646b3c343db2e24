package dev.jetway.server.tls;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The private key in a PEM file (RFC 7468): PKCS#8, or PKCS#1 of RSA. */
final class PemKey {
    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    /** Version 0, and rsaEncryption with no parameters (RFC 5958 §2, RFC 8017 §A.1). */
    private static final byte[] RSA_HEAD = {
        2,
        1,
        0,
        0x30,
        13,
        6,
        9,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        13,
        1,
        1,
        1,
        5,
        0
    };

    private PemKey() {}

    /**
     * The only key of a file.
     *
     * @throws IllegalArgumentException naming the file and the remedy
     */
    static PrivateKey parse(String pem, Path file) {
        List<MatchResult> blocks = BLOCK.matcher(pem).results().toList();
        if (blocks.size() != 1) {
            throw new IllegalArgumentException(
                    "'"
                            + file.getFileName()
                            + "' holds "
                            + (blocks.isEmpty() ? "no key" : "more than one key")
                            + " (one -----BEGIN PRIVATE KEY----- is wanted)");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(blocks.getFirst().group(2));
            return switch (blocks.getFirst().group(1)) {
                case "PRIVATE KEY" -> key(der);
                case "RSA PRIVATE KEY" -> key(wrapped(der));
                default -> throw new InvalidKeySpecException("another form");
            };
        } catch (IllegalArgumentException | InvalidKeySpecException e) {
            throw new IllegalArgumentException(
                    "the key in '"
                            + file.getFileName()
                            + "' cannot be read: convert it with"
                            + " 'openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW'",
                    e);
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws InvalidKeySpecException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
                // Perhaps a key of the next algorithm.
            }
        }
        throw new InvalidKeySpecException("an unknown algorithm");
    }

    /** Converts a PKCS#1 key to PKCS#8. */
    private static byte[] wrapped(byte[] pkcs1) {
        byte[] octets = element(4, pkcs1);
        byte[] content =
                ByteBuffer.allocate(RSA_HEAD.length + octets.length)
                        .put(RSA_HEAD)
                        .put(octets)
                        .array();
        return element(0x30, content);
    }

    /** A DER element with a length of three bytes, enough for any key. */
    private static byte[] element(int tag, byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) tag)
                .put((byte) 0x83)
                .put((byte) (content.length >> 16))
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
