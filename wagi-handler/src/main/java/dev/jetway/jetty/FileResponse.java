package dev.jetway.jetty;

import dev.jetway.failure.Failure;
import dev.jetway.gateway.FileEnd;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response with a file: counts the writes of Jetty's resource service and reports the end. Writes
 * follow each other.
 */
final class FileResponse extends Response.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(FileResponse.class);

    private static final Failure SHORTER =
            new Failure.InvalidResponse("the file became shorter while it was sent");

    private final JettyResponse channel;
    private final FileEnd end;
    private final boolean head;
    private long bytes;
    private boolean begun;
    private boolean complete;
    private boolean told;

    FileResponse(JettyResponse channel, FileEnd end) {
        super(channel.jetty().getRequest(), channel.jetty());
        this.channel = channel;
        this.end = end;
        this.head = HttpMethod.HEAD.is(channel.jetty().getRequest().getMethod());
    }

    /** Whether the request is a HEAD. */
    boolean isHead() {
        return head;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer buffer, Callback callback) {
        if (!begun) {
            begun = true;
            channel.handOver();
        }
        bytes += head ? 0 : BufferUtil.length(buffer);
        if (last && isShort()) {
            callback.failed(new FileRefused(SHORTER));
            return;
        }
        if (last && !told) {
            told = true;
            end.sent(status(), bytes);
        }
        super.write(last, buffer, callback);
    }

    /** Sends all of the file, in memory, by one write. */
    void whole(byte[] file) {
        complete = true;
        setStatus(HttpStatus.OK_200);
        write(true, head ? BufferUtil.EMPTY_BUFFER : ByteBuffer.wrap(file), channel.callback());
    }

    /** Whether the file has given fewer bytes than it had when it was opened. */
    private boolean isShort() {
        return !head && !complete && bytes < getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
    }

    private int status() {
        return getStatus() == 0 ? HttpStatus.OK_200 : getStatus();
    }

    /** Ends a 304 without a length, which Jetty would add if the first write were the last. */
    void notModified(Callback callback) {
        setStatus(HttpStatus.NOT_MODIFIED_304);
        write(
                false,
                BufferUtil.EMPTY_BUFFER,
                Callback.from(
                        () -> write(true, BufferUtil.EMPTY_BUFFER, callback), callback::failed));
    }

    /**
     * The end of the response.
     *
     * @param file closed before
     */
    Callback closing(Closeable file) {
        return new Callback() {
            @Override
            public void succeeded() {
                close(file);
                channel.callback().succeeded();
            }

            @Override
            public void failed(Throwable cause) {
                close(file);
                if (told) {
                    channel.callback().failed(cause);
                } else {
                    fail(failure(cause));
                }
            }

            @Override
            public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING;
            }
        };
    }

    private static void close(Closeable file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("a static file was not closed", e);
        }
    }

    /** Sends an error instead of the file, or cuts the response if its head has been sent. */
    void fail(Failure failure) {
        if (!begun) {
            reset();
        }
        told = true;
        end.failed(failure, bytes);
    }

    static Failure failure(Throwable cause) {
        if (cause instanceof FileRefused refused) {
            return refused.failure();
        }
        if (cause instanceof NoSuchFileException) {
            return new Failure.NoRoute();
        }
        if (cause instanceof AccessDeniedException) {
            return new Failure.Unreadable();
        }
        return cause instanceof QuietException || cause instanceof TimeoutException
                ? new Failure.ClientGone()
                : new Failure.HostFault("static file: " + cause);
    }
}
