package dev.jetway.jetty;

import dev.jetway.failure.Failure;
import dev.jetway.files.ContentCache;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.ServedRoute;
import dev.jetway.http.ProxyChain;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestIds;
import dev.jetway.route.Found;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Passes requests to the pipeline. Never blocks: guests run on threads of their own, and bodies
 * that may need a file are collected on a pooled thread.
 */
public final class GatewayHandler extends Handler.Abstract.NonBlocking {
    /** The answer to {@code OPTIONS *}, for the server as a whole (RFC 9110 §9.3.7). */
    private static final String ALLOW = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static final int MAJOR = 12;
    private static final int MINOR = 1;
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    private final Gateway gateway;
    private final Supplier<ProxyChain> proxies;
    private final HandlerParts parts;
    private final BooleanSupplier tlsByName;
    private final RequestIds ids = new RequestIds(new SecureRandom());

    /**
     * A handler.
     *
     * @param proxies the proxies whose fields are trusted
     * @param temporary a folder for large request bodies that only the server may read
     * @param contents of static files
     * @param tlsByName whether a request must be for the host of its TLS connection
     */
    public GatewayHandler(
            Gateway gateway,
            Supplier<ProxyChain> proxies,
            Path temporary,
            ContentCache contents,
            BooleanSupplier tlsByName) {
        requireVersion(Server.getVersion());
        this.gateway = gateway;
        this.proxies = proxies;
        this.tlsByName = tlsByName;
        this.parts = new HandlerParts(temporary, new FileSender(contents));
    }

    /**
     * Rejects a Jetty that lacks what is called here.
     *
     * @throws IllegalStateException if it is older than 12.1
     */
    static void requireVersion(String version) {
        Matcher release = RELEASE.matcher(version);
        if (release.lookingAt()) {
            int major = Integer.parseInt(release.group(1));
            if (major < MAJOR || (major == MAJOR && Integer.parseInt(release.group(2)) < MINOR)) {
                throw new IllegalStateException(
                        "Jetway needs Jetty %d.%d or newer, this server is Jetty %s: update it"
                                .formatted(MAJOR, MINOR, version));
            }
        }
    }

    /**
     * Handles a request that a route takes.
     *
     * @return whether a route takes it; nothing has been done with it otherwise
     */
    public boolean handleIfRouted(Request request, Response response, Callback callback) {
        Optional<RequestHead> head = RequestHeads.of(request, ids.next());
        Optional<RequestHead> client = head.flatMap(known -> proxies.get().client(known));
        Optional<Found<ServedRoute>> found = client.or(() -> head).flatMap(gateway::find);
        if (found.isEmpty()) {
            return false;
        }
        JettyExchange exchange =
                exchange(
                        request,
                        client.or(() -> head).orElseThrow(),
                        answer(request, response, callback));
        refused(request, client)
                .ifPresentOrElse(
                        failure -> gateway.refuse(exchange, failure),
                        () -> gateway.serve(exchange, found.get()));
        return true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        UnreadBody.Answer answer = answer(request, response, callback);
        Optional<RequestHead> head = RequestHeads.of(request, ids.next());
        if (head.isEmpty()) {
            withoutPath(request, answer.response(), answer.end());
        } else {
            Optional<RequestHead> client = proxies.get().client(head.get());
            JettyExchange exchange = exchange(request, client.or(() -> head).orElseThrow(), answer);
            refused(request, client)
                    .ifPresentOrElse(
                            failure -> gateway.refuse(exchange, failure),
                            () -> gateway.serve(exchange));
        }
        return true;
    }

    private static UnreadBody.Answer answer(Request request, Response response, Callback callback) {
        return new UnreadBody.Answer(response, callback).to(request, UnreadBody.Bounds.DEFAULT);
    }

    private JettyExchange exchange(Request request, RequestHead head, UnreadBody.Answer answer) {
        // A guest may be silent up to its own time limit; reads and writes still expire.
        request.addIdleTimeoutListener(expired -> false);
        return exchange(request, head, new JettyResponse(answer.response(), answer.end()));
    }

    /**
     * Answers a request that the HTTP layer has refused, with the error page of its site.
     *
     * @return whether the request can be read
     */
    public boolean answerNotTaken(Request request, Response response, Callback callback) {
        Optional<RequestHead> head =
                RequestHeads.of(request, ids.next()).flatMap(known -> proxies.get().client(known));
        head.ifPresent(known ->
                gateway.refuse(
                        exchange(request, known, new JettyResponse(response, callback)),
                        new Failure.NotTaken(response.getStatus())));
        return head.isPresent();
    }

    private JettyExchange exchange(Request request, RequestHead head, JettyResponse response) {
        return new JettyExchange(request, head, response, parts);
    }

    private Optional<Failure> refused(Request request, Optional<RequestHead> client) {
        if (client.isEmpty()) {
            return Optional.of(
                    new Failure.BadRequest("the fields of proxies cannot be read or disagree"));
        }
        if (request.isSecure() && tlsByName.getAsBoolean() && TlsName.differs(request)) {
            return Optional.of(new Failure.Misdirected());
        }
        return hasUnknownCoding(request)
                ? Optional.of(new Failure.NotImplemented("a transfer coding other than chunked"))
                : Optional.empty();
    }

    /**
     * Whether the body has an unknown coding: a program would get encoded bytes (RFC 9112 §6.1).
     */
    private static boolean hasUnknownCoding(Request request) {
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() == HttpHeader.TRANSFER_ENCODING
                    && !"chunked".equalsIgnoreCase(field.getValue())) {
                return true;
            }
        }
        return false;
    }

    /** Answers {@code OPTIONS *}, the only valid request without a path. */
    private static void withoutPath(Request request, Response response, Callback end) {
        boolean server = "*".equals(request.getHttpURI().getPath());
        if (server && HttpMethod.OPTIONS.asString().equals(request.getMethod())) {
            response.setStatus(HttpStatus.OK_200);
            response.getHeaders().put(HttpHeader.ALLOW, ALLOW);
            response.write(true, null, end);
            return;
        }
        // Bytes after a refused CONNECT are not a request.
        response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
        Response.writeError(request, response, end, HttpStatus.BAD_REQUEST_400);
    }
}
