package dev.jetway.jetty;

import dev.jetway.sandbox.file.FileStatus;
import java.time.Instant;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpField;
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
 */
record FileFields(
        String mediaType, HttpField type, HttpField tag, HttpField date, Instant modified) {
    private static final long NANOS = 1_000_000_000L;

    /**
     * The fields of a file.
     *
     * @param utf8 whether its contents are UTF-8
     */
    static FileFields of(FileStatus status, String mediaType, boolean utf8) {
        // HTTP dates have whole seconds: rounded down, so that none is in the future.
        Instant modified = Instant.ofEpochSecond(Math.floorDiv(status.modified(), NANOS));
        return new FileFields(
                mediaType,
                new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, withCharset(mediaType, utf8)),
                new PreEncodedHttpField(HttpHeader.ETAG, tag(status)),
                new PreEncodedHttpField(
                        HttpHeader.LAST_MODIFIED, DateGenerator.formatDate(modified)),
                modified);
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
