package dev.jetway.servlet;

import dev.jetway.failure.Failure;
import dev.jetway.files.StaticFile;
import dev.jetway.gateway.Exchange;
import dev.jetway.gateway.FileEnd;
import dev.jetway.gateway.RequestBody;
import dev.jetway.gateway.ResponseChannel;
import dev.jetway.gateway.body.BodyStore;
import dev.jetway.http.RequestHead;
import dev.jetway.route.BodyLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One request of a web application with its response. All reads and writes are done by the
 * container's thread in {@link #run}; a slow client holds that thread, never a guest's.
 */
final class ServletExchange implements Exchange {
    private static final int BUFFER = 32 << 10;
    private static final int END = -1;
    private static final int BROKEN = -2;

    private final HttpServletRequest request;
    private final RequestHead head;
    private final Path temporary;
    private final ContainerThread thread = new ContainerThread();
    private final ServletResponseChannel response;

    ServletExchange(
            HttpServletRequest request,
            HttpServletResponse response,
            RequestHead head,
            Path temporary) {
        this.request = request;
        this.head = head;
        this.temporary = temporary;
        this.response = new ServletResponseChannel(request, response, thread);
    }

    /** Does what is to be done by the container's thread, until the response has ended. */
    void run() throws IOException {
        try {
            thread.run();
        } catch (InterruptedException e) {
            response.broke();
            Thread.currentThread().interrupt();
            throw new IOException("the web application stops", e);
        }
        response.rethrow();
    }

    @Override
    public RequestHead head() {
        return head;
    }

    @Override
    public ResponseChannel response() {
        return response;
    }

    @Override
    public void collectBody(
            BodyLimits limits, Consumer<RequestBody> ready, Consumer<Failure> failed) {
        long length = request.getContentLengthLong();
        if (length == 0 || (length < 0 && isWithoutBody())) {
            ready.accept(RequestBody.EMPTY);
        } else if (length > limits.total().bytes()) {
            failed.accept(new Failure.BodyTooLarge(limits.total()));
        } else {
            thread.execute(() -> collect(limits, ready, failed));
        }
    }

    /** HTTP/1 announces bodies (RFC 9112 §6). */
    private boolean isWithoutBody() {
        return RequestHeads.isHttp1(request) && request.getHeader("Transfer-Encoding") == null;
    }

    private void collect(BodyLimits limits, Consumer<RequestBody> ready, Consumer<Failure> failed) {
        var store = new BodyStore(limits.memory(), temporary);
        Optional<Failure> failure = read(store, limits);
        if (failure.isPresent()) {
            store.close();
            failed.accept(failure.get());
        } else {
            ready.accept(store);
        }
    }

    private Optional<Failure> read(BodyStore store, BodyLimits limits) {
        var buffer = new byte[BUFFER];
        int count = next(buffer);
        while (count > 0) {
            if (store.received() + count > limits.total().bytes()) {
                return Optional.of(new Failure.BodyTooLarge(limits.total()));
            }
            try {
                store.append(ByteBuffer.wrap(buffer, 0, count));
            } catch (IOException e) {
                return Optional.of(new Failure.HostFault("request body: " + e));
            }
            count = next(buffer);
        }
        try {
            store.complete();
        } catch (IOException e) {
            return Optional.of(new Failure.HostFault("request body: " + e));
        }
        return count == END ? Optional.empty() : Optional.of(new Failure.ClientGone());
    }

    /**
     * The number of bytes read; {@link #BROKEN} if the body cannot be had as the client sent it.
     */
    private int next(byte[] buffer) {
        try {
            return request.getInputStream().read(buffer);
        } catch (IOException e) {
            return BROKEN;
        }
    }

    /** Not called: no program of a web application reads its body while it arrives. */
    @Override
    public RequestBody streamBody(BodyLimits limits) {
        throw new IllegalStateException("bodies are collected");
    }

    /** The client is noticed when it is written to. */
    @Override
    public void onClientGone(Runnable cancel, Optional<Duration> halfClosedTime) {
        response.onBroken(cancel);
    }

    @Override
    public void offload(Runnable work) {
        thread.execute(work);
    }

    /** Not called: no route of a web application is a folder of ours. */
    @Override
    public void send(StaticFile file, RequestHead asked, FileEnd end) {
        throw new IllegalStateException("files are the container's");
    }

    @Override
    public void tick() {
        response.tick();
    }
}
