package dev.jetway.gateway;

import dev.jetway.base.ByteSize;
import dev.jetway.cgi.CgiResponse;
import dev.jetway.cgi.HeaderBlockParser;
import dev.jetway.cgi.InvalidResponseException;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.ResponseHead;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Dialect;
import dev.jetway.sandbox.RunCancelledException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The standard output of a guest, split into header block and body for the client. Used by the
 * guest's thread.
 */
final class CgiOutput extends OutputStream {
    private final HeaderBlockParser parser;
    private final ByteSize bodyLimit;
    private final ResponseChannel channel;
    private final boolean headRequest;
    private final CgiRules rules;
    private final RequestHead request;
    private @Nullable ResponseHead head;
    private @Nullable String localRedirect;
    private @Nullable String invalid;
    private long written;
    private boolean overLimit;
    private boolean unmet;

    /**
     * The output of one run.
     *
     * @param bodyLimit bytes of the body
     * @param request the request that it answers
     */
    CgiOutput(
            ByteSize headLimit,
            ByteSize bodyLimit,
            CgiRules rules,
            ResponseChannel channel,
            RequestHead request) {
        this.parser = new HeaderBlockParser(headLimit, rules);
        this.bodyLimit = bodyLimit;
        this.rules = rules;
        this.channel = channel;
        this.request = request;
        this.headRequest = request.method().toUpperCase(Locale.ROOT).equals("HEAD");
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int taken = 0;
        if (head == null) {
            taken = readHead(bytes, offset, length);
        }
        // Output after a local redirect is dropped (RFC 3875 §6.2.2).
        if (head != null && localRedirect == null && !unmet && taken < length) {
            writeBody(head, bytes, offset + taken, length - taken);
        }
    }

    private int readHead(byte[] bytes, int offset, int length) {
        try {
            int taken = parser.accept(bytes, offset, length);
            if (parser.isComplete()) {
                head = CgiResponse.of(parser.fields(), request, rules.http().conditional());
                localRedirect = localRedirect(parser.fields());
                unmet = head.status() == 412 && !hasStatus(parser.fields());
                if (localRedirect == null && !unmet) {
                    channel.start(head);
                }
            }
            return taken;
        } catch (InvalidResponseException e) {
            invalid = e.getMessage();
            throw new RunCancelledException("invalid response");
        }
    }

    private void writeBody(ResponseHead responseHead, byte[] bytes, int offset, int length) {
        long room = responseHead.contentLength().orElse(Long.MAX_VALUE) - written;
        // A client would read bytes over the declared length as the next response.
        int kept = (int) Math.min(length, Math.max(room, 0));
        if (kept > bodyLimit.bytes() - written) {
            overLimit = true;
            throw new RunCancelledException("response over its limit");
        }
        written += kept;
        // The declared length of a HEAD response holds whatever the printed body is.
        boolean unasked = headRequest && responseHead.contentLength().isPresent();
        if (kept > 0 && responseHead.allowsBody() && !unasked) {
            channel.write(bytes, offset, kept);
        }
    }

    private static boolean hasStatus(List<Field> fields) {
        return fields.stream().anyMatch(f -> f.is("Status"));
    }

    /**
     * The target of a local redirect (RFC 3875 §6.2.2), read as in Apache: a path without a status.
     * Wagi sends it to the client as a 302.
     */
    private @Nullable String localRedirect(List<Field> fields) {
        if (rules.dialect() != Dialect.CGI) {
            return null;
        }
        String path = null;
        for (Field field : fields) {
            if (field.is("Status")) {
                return null;
            }
            String value = field.value();
            if (path == null
                    && field.is("Location")
                    && value.startsWith("/")
                    && !value.startsWith("//")) {
                path = value;
            }
        }
        return path;
    }

    /** The target of the guest's local redirect, if any. */
    Optional<String> localRedirect() {
        return Optional.ofNullable(localRedirect);
    }

    /** Fields that are sent with the response after the redirect. */
    List<Field> kept() {
        return head == null ? List.of() : CgiResponse.kept(head);
    }

    /** Whether a condition of the request is not met, so that none of the output is sent. */
    boolean isUnmet() {
        return unmet;
    }

    /** Whether the header block was complete and valid. */
    boolean hasHead() {
        return head != null;
    }

    /** The guest's status; 0 without a header block. */
    int status() {
        return head == null ? 0 : head.status();
    }

    /** The reason why the output is not a CGI response, if it is not. */
    @Nullable String invalid() {
        return invalid;
    }

    /** The maximum bytes of the body. */
    ByteSize bodyLimit() {
        return bodyLimit;
    }

    /** Whether the guest was ended because its body exceeded the limit. */
    boolean isOverLimit() {
        return overLimit;
    }

    /** Bytes of the body. */
    long bodyBytes() {
        return written;
    }

    /** Whether the body is shorter than its declared length. */
    boolean isShort() {
        return head != null
                && !headRequest
                && head.allowsBody()
                && written < head.contentLength().orElse(0);
    }
}
