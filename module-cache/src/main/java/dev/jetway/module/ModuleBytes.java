package dev.jetway.module;

import dev.jetway.unit.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A module's file: read within a bound, told apart by content, never by name. */
final class ModuleBytes {
    private static final int HEADER = 8;
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};

    private ModuleBytes() {}

    static byte[] read(Path file, ByteSize limit) throws ModuleException {
        if (Files.isDirectory(file)) {
            throw new ModuleException("is a folder, not a module file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(Math.toIntExact(limit.bytes()) + 1);
            if (bytes.length > limit.bytes()) {
                throw new ModuleException("is larger than " + limit + ", the limit for a module");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new ModuleException("there is no such file: check the path in 'module'");
        } catch (IOException e) {
            throw new ModuleException("cannot be read: check its permissions");
        }
    }

    static boolean isBinary(byte[] bytes) {
        return bytes.length >= MAGIC.length
                && bytes[0] == MAGIC[0]
                && bytes[1] == MAGIC[1]
                && bytes[2] == MAGIC[2]
                && bytes[3] == MAGIC[3];
    }

    /** Text begins with a parenthesis, after white space and comments. */
    static boolean isText(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            if (Character.isWhitespace(bytes[at])) {
                at++;
            } else if (at + 1 < bytes.length && bytes[at] == ';' && bytes[at + 1] == ';') {
                while (at < bytes.length && bytes[at] != '\n') {
                    at++;
                }
            } else {
                // "(;" opens a block comment: still text.
                return bytes[at] == '(';
            }
        }
        return false;
    }

    /** Rejects what is a binary of WebAssembly, but no core module of version 1. */
    static void requireCoreModule(byte[] bytes) throws ModuleException {
        if (bytes.length < HEADER) {
            throw new ModuleException("is not a WebAssembly module: it ends within its header");
        }
        int version = (bytes[4] & 0xff) | (bytes[5] & 0xff) << 8;
        int layer = (bytes[6] & 0xff) | (bytes[7] & 0xff) << 8;
        if (layer == 1) {
            throw new ModuleException(
                    "is a component, not a core module: build it for wasm32-wasip1 (wasm32-wasi),"
                            + " not for wasip2");
        }
        if (version != 1 || layer != 0) {
            throw new ModuleException("is WebAssembly of version " + version + ", not 1");
        }
    }

    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
