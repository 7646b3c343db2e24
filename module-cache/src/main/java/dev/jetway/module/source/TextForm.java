package dev.jetway.module.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Recognises WebAssembly text by its content. */
public final class TextForm {
    private final byte[] bytes;
    private int at;

    private TextForm(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether the bytes are UTF-8 and begin with a parenthesis after white space and comments. */
    public static boolean matches(byte[] bytes) {
        return new TextForm(bytes).opensList() && isUtf8(bytes);
    }

    private boolean opensList() {
        while (at < bytes.length) {
            if (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r')) {
                at++;
            } else if (starts(';', ';')) {
                skipLine();
            } else if (starts('(', ';')) {
                skipBlock();
            } else {
                return bytes[at] == '(';
            }
        }
        return false;
    }

    private void skipLine() {
        while (at < bytes.length && bytes[at] != '\n') {
            at++;
        }
    }

    /** Block comments nest. */
    private void skipBlock() {
        int depth = 0;
        do {
            if (starts('(', ';')) {
                depth++;
                at += 2;
            } else if (starts(';', ')')) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < bytes.length);
    }

    private boolean starts(char first, char second) {
        return at + 1 < bytes.length && bytes[at] == first && bytes[at + 1] == second;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
