package dev.jetway.module.source;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A module's file: read within a bound, its header checked. */
public final class ModuleBytes {
    private static final int HEADER = 8;
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};

    private ModuleBytes() {}

    public static byte[] read(Path file, ByteSize limit) throws ModuleException {
        try {
            // Anything else may block for ever: a pipe, a device.
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new ModuleException(
                        Reason.UNREADABLE,
                        attributes.isDirectory()
                                ? "is a folder, not a module file"
                                : "is not a regular file");
            }
            return read(file, Math.toIntExact(limit.bytes()));
        } catch (NoSuchFileException e) {
            throw new ModuleException(
                    Reason.NOT_FOUND, "there is no such file: check the path in 'module'");
        } catch (IOException e) {
            throw new ModuleException(Reason.UNREADABLE, "cannot be read: check its permissions");
        }
    }

    private static byte[] read(Path file, int limit) throws IOException, ModuleException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new ModuleException(
                        Reason.TOO_LARGE,
                        "is larger than " + new ByteSize(limit) + ", the limit for a module");
            }
            return bytes;
        }
    }

    public static boolean isBinary(byte[] bytes) {
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

    public static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
