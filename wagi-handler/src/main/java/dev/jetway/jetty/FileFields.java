package dev.jetway.jetty;

import dev.jetway.sandbox.file.FileStatus;
import java.time.Instant;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;

/**
 * The fields of a file that are the same in each response, in the form in which they are sent.
 * Immutable; safe to share between threads.
 *
 * @param mediaType without a charset
 * @param type Content-Type
 * @param tag ETag, of time and size
 * @param date Last-Modified
 * @param modified the time in the date
 * @param whole all fields of a response with the whole file
 */
record FileFields(
        String mediaType,
        HttpField type,
        HttpField tag,
        HttpField date,
        Instant modified,
        HttpFields whole) {
    private static final long NANOS = 1_000_000_000L;

    private static final HttpField RANGES =
            new PreEncodedHttpField(HttpHeader.ACCEPT_RANGES, "bytes");

    /**
     * The fields of a file.
     *
     * @param length bytes of its contents, or of their compressed form
     * @param utf8 whether its contents are UTF-8
     */
    static FileFields of(FileStatus status, String mediaType, long length, boolean utf8) {
        // HTTP dates have whole seconds: rounded down, so that none is in the future.
        Instant modified = Instant.ofEpochSecond(Math.floorDiv(status.modified(), NANOS));
        var type = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, withCharset(mediaType, utf8));
        var tag = new PreEncodedHttpField(HttpHeader.ETAG, tag(status));
        var date =
                new PreEncodedHttpField(
                        HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(modified));
        var size = new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, length);
        return new FileFields(
                mediaType,
                type,
                tag,
                date,
                modified,
                HttpFields.from(date, type, RANGES, tag, size));
    }

    private static String tag(FileStatus status) {
        // Jetty cuts a tag at its last hyphen.
        return '"'
                + Long.toHexString(status.modified())
                + 'x'
                + Long.toHexString(status.size())
                + '"';
    }

    /**
     * The type with its charset. A page in another encoding declares it itself, and a header field
     * would override that.
     */
    private static String withCharset(String type, boolean utf8) {
        return utf8 && MediaTypes.isText(type) ? type + ";charset=utf-8" : type;
    }
}
