package dev.jetway.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads whole files up to a bound, without asking for the size first: a file may grow in between,
 * and some endless files have size 0.
 */
public final class BoundedFile {
    private BoundedFile() {}

    /**
     * The content of a file.
     *
     * @param limit bytes, at most {@link Integer#MAX_VALUE} - 9
     * @return empty if the file holds more than {@code limit} bytes
     * @throws IOException if it cannot be read
     */
    public static Optional<byte[]> bytes(Path file, int limit) throws IOException {
        // A stream, unlike Files.readAllBytes, survives an interrupt of the caller.
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
        }
    }

    /**
     * The content of a file of UTF-8 text.
     *
     * @param limit bytes, as above
     * @return empty if the file holds more than {@code limit} bytes
     * @throws CharacterCodingException if it is not UTF-8
     * @throws IOException if it cannot be read
     */
    public static Optional<String> text(Path file, int limit) throws IOException {
        Optional<byte[]> bytes = bytes(file, limit);
        return bytes.isPresent() ? Optional.of(utf8(bytes.get())) : Optional.empty();
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
}
