package dev.jetway.server.config.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Stores {@code php.ini} files, each in a folder named by its digest. */
public final class PhpIniFolder {
    private PhpIniFolder() {}

    /**
     * Writes a file unless it exists.
     *
     * @param state of the server
     * @return its folder, which has no other files
     * @throws IOException if it cannot be written
     */
    public static Path write(Path state, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Path folder = state.resolve("php").resolve(digest(bytes));
        Path file = folder.resolve(PhpValues.FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            // In another folder: guests see this one.
            Path unfinished = Files.createTempFile(state.resolve("php"), "ini", null);
            Files.write(unfinished, bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        }
        // Volumes of sites have paths without links.
        return folder.toRealPath();
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
