package dev.jetway.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Distinguishes UTF-8 from other encodings. Pure functions. */
public final class Utf8 {
    private static final int PIECE = 1 << 13;

    private Utf8() {}

    /**
     * Whether bytes are UTF-8.
     *
     * @param whole whether the bytes are complete; otherwise the last character may be cut
     */
    public static boolean isValid(byte[] bytes, boolean whole) {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var from = ByteBuffer.wrap(bytes);
        var piece = CharBuffer.allocate(PIECE);
        while (true) {
            var result = decoder.decode(from, piece, whole);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            piece.clear();
        }
    }
}
