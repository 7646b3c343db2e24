package dev.jetway.cgi;

import dev.jetway.base.ByteSize;
import dev.jetway.base.ByteText;
import dev.jetway.base.LogText;
import dev.jetway.http.Field;
import dev.jetway.route.CgiRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the header block of a CGI response (RFC 3875 §6.2) from bytes that arrive in pieces of any
 * size. Lines end with LF or CRLF; the first empty line ends the block. Used by one thread.
 */
public final class HeaderBlockParser {
    /** Maximum number of fields in a block. */
    static final int MAX_FIELDS = 256;

    private static final int FIRST_LINE = 64;
    private static final int FEW_FIELDS = 4;
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/\\d(?:\\.\\d)? (\\d{3}(?: [^\\p{Cntrl}]*)?)");

    private final int limit;
    private final boolean lenient;
    private final List<Field> fields = new ArrayList<>(FEW_FIELDS);
    private byte[] line = new byte[FIRST_LINE];
    private int length;
    private int total;
    private boolean complete;
    private boolean statusLine;

    /**
     * A parser of one block.
     *
     * @param limit bytes of the whole block
     * @param rules whether the first line is an HTTP status line ({@code nph-} scripts), and
     *     whether a line without a colon is skipped, as in Wagi
     */
    public HeaderBlockParser(ByteSize limit, CgiRules rules) {
        this.limit = Math.toIntExact(limit.bytes());
        this.statusLine = rules.nonParsed();
        this.lenient = rules.dialect().isWagi();
    }

    public boolean isComplete() {
        return complete;
    }

    /** The fields of a complete block. */
    public List<Field> fields() {
        return fields;
    }

    /**
     * Takes bytes up to the end of the block.
     *
     * @return the number of bytes taken; those after them belong to the body
     */
    public int accept(byte[] bytes, int offset, int count) throws InvalidResponseException {
        for (int i = 0; i < count; i++) {
            if (complete) {
                return i;
            }
            if (++total > limit) {
                throw new InvalidResponseException(
                        "header block over " + new ByteSize(limit) + ": " + shown());
            }
            byte b = bytes[offset + i];
            if (b == '\n') {
                endLine();
            } else {
                append(b);
            }
        }
        return count;
    }

    private void append(byte b) {
        if (length == line.length) {
            line = Arrays.copyOf(line, length * 2);
        }
        line[length++] = b;
    }

    private void endLine() throws InvalidResponseException {
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        if (length == 0) {
            complete = true;
            return;
        }
        if (fields.size() == MAX_FIELDS) {
            throw new InvalidResponseException("more than " + MAX_FIELDS + " header fields");
        }
        if (statusLine) {
            fields.add(status());
            statusLine = false;
        } else if (!lenient || hasColon()) {
            fields.add(field());
        }
        length = 0;
    }

    private boolean hasColon() {
        for (int i = 0; i < length; i++) {
            if (line[i] == ':') {
                return true;
            }
        }
        return false;
    }

    /** {@code HTTP/1.1 404 Not Found} as the field {@code Status: 404 Not Found}. */
    private Field status() throws InvalidResponseException {
        Matcher line = STATUS_LINE.matcher(ByteText.decode(this.line, 0, length));
        if (!line.matches()) {
            throw new InvalidResponseException("not a status line: " + shown());
        }
        return new Field("Status", line.group(1));
    }

    private Field field() throws InvalidResponseException {
        String text = ByteText.decode(line, 0, length);
        int colon = text.indexOf(':');
        // RFC 9112 §5.1 refuses white space before the colon: parsers disagree on it.
        String name = colon < 0 ? "" : text.substring(leading(text), colon);
        if (!isToken(name)) {
            throw new InvalidResponseException("not a header field: " + shown());
        }
        String value = trimmed(text, colon + 1);
        if (hasControl(value)) {
            throw new InvalidResponseException("control character in the field " + name);
        }
        return new Field(name, value);
    }

    /** The text without spaces and tabs around it; other characters belong to the value. */
    private static String trimmed(String text, int from) {
        int start = from;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The number of spaces and tabs at the beginning; a field is never folded. */
    private static int leading(String text) {
        int start = 0;
        while (start < text.length() && isBlank(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Whether a name is a token of RFC 9110 §5.6.2. */
    private static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && TOKEN_SIGNS.indexOf(c) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean hasControl(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /** The beginning of the current line for an error message. */
    private String shown() {
        String text = ByteText.decode(line, 0, Math.min(length, 60));
        return "'" + LogText.escape(text) + "'";
    }
}
