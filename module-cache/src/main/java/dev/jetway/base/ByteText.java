package dev.jetway.base;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Converts bytes to text and back without loss: UTF-8, where a byte from 0x80 to 0xFF that is not
 * UTF-8 becomes the lone surrogate U+DC80 to U+DCFF. Python calls this {@code surrogateescape} (PEP
 * 383).
 */
public final class ByteText {
    private static final int ESCAPE = 0xdc00;
    private static final char REPLACEMENT = '\ufffd';

    private ByteText() {}

    /** The text of these bytes. */
    public static String decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : escaped(bytes, offset, length);
    }

    /** The text of bytes that a parser has read as ISO 8859-1, one character each. */
    public static String ofLatin1(String characters) {
        if (isAscii(characters)) {
            return characters;
        }
        byte[] bytes = characters.getBytes(StandardCharsets.ISO_8859_1);
        return decode(bytes, 0, bytes.length);
    }

    /** The original bytes. */
    public static byte[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Most texts are ASCII, and these three calls look at many bytes at once.
        boolean ascii =
                bytes.length == text.length()
                        && text.equals(new String(bytes, StandardCharsets.ISO_8859_1));
        return ascii || !hasSurrogates(text) ? bytes : unescaped(text);
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The original bytes for a writer of ISO 8859-1: one character each. */
    public static String toLatin1(String text) {
        return isAscii(text) ? text : new String(encode(text), StandardCharsets.ISO_8859_1);
    }

    /** Whether a character stands for a byte that is not UTF-8. */
    public static boolean isEscape(String text, int at) {
        char c = text.charAt(at);
        return c >= (ESCAPE | 0x80)
                && c <= (ESCAPE | 0xff)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(byte[] bytes, int offset, int length) {
        var decoder = StandardCharsets.UTF_8.newDecoder();
        var in = ByteBuffer.wrap(bytes, offset, length);
        var out = CharBuffer.allocate(length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE | (in.get() & 0xff)));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    private static byte[] unescaped(String text) {
        var out = ByteBuffer.allocate(Math.multiplyExact(text.length(), 3));
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                out.put(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                out.put((byte) (text.charAt(i) & 0xff));
                from = i + 1;
            }
        }
        out.put(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(out.array(), out.position());
    }
}
