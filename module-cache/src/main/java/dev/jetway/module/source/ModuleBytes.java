package dev.jetway.module.source;

import dev.jetway.module.source.ModuleException.Reason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The content of a module, binary or text, with its digest. Nobody may change the bytes. */
public final class ModuleBytes {
    private static final int HEADER = 8;
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};

    private final byte[] bytes;
    private final String digest;

    /** Takes the array over and computes the digest. */
    public ModuleBytes(byte[] bytes) {
        this.bytes = bytes;
        this.digest = digest(bytes);
    }

    /** The array itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** The SHA-256 of the bytes, lower-case hexadecimal. */
    public String digest() {
        return digest;
    }

    /** Whether these are the first bytes of a WebAssembly binary. */
    public boolean isBinary() {
        return bytes.length >= MAGIC.length
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Rejects what is a binary of WebAssembly, but no core module of version 1. */
    public static void requireCoreModule(byte[] bytes) throws ModuleException {
        if (bytes.length < HEADER) {
            throw new ModuleException(
                    Reason.MALFORMED, "is not a WebAssembly module: it ends within its header");
        }
        // The component model splits the four version bytes: version, then layer.
        int version = (bytes[4] & 0xff) | (bytes[5] & 0xff) << 8;
        int layer = (bytes[6] & 0xff) | (bytes[7] & 0xff) << 8;
        if (layer == 1) {
            throw new ModuleException(
                    Reason.COMPONENT,
                    "is a component, not a core module: build it for wasm32-wasip1 (wasm32-wasi),"
                            + " not for wasip2");
        }
        if (version != 1 || layer != 0) {
            throw new ModuleException(
                    Reason.UNSUPPORTED, "is WebAssembly of version " + version + ", not 1");
        }
    }

    /** The SHA-256 of some bytes, lower-case hexadecimal. */
    public static String digest(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
