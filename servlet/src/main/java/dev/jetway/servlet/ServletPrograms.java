package dev.jetway.servlet;

import dev.jetway.embedding.Programs;
import dev.jetway.embedding.open.OpenPrograms;
import dev.jetway.failure.Failure;
import dev.jetway.gateway.Gateway;
import dev.jetway.gateway.ServedRoute;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestIds;
import dev.jetway.route.Found;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Optional;

/** Programs that serve the requests of one web application. Safe to share between threads. */
final class ServletPrograms implements AutoCloseable {
    private final OpenPrograms open;
    private final RequestIds ids = new RequestIds(new SecureRandom());

    private ServletPrograms(OpenPrograms open) {
        this.open = open;
    }

    /** Loads the programs that are given, or those that the parameters name. */
    static ServletPrograms open(Optional<Programs> given, InitParameters parameters)
            throws ServletException {
        Programs programs = given.isPresent() ? given.get() : parameters.programs();
        try {
            return new ServletPrograms(OpenPrograms.open(programs, parameters.contextPath()));
        } catch (IOException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }

    /**
     * Serves a request that a program takes, to its end.
     *
     * @return false if none takes it; nothing has been done with it then
     */
    boolean serve(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Gateway gateway = open.gateway();
        Optional<RequestHead> head = RequestHeads.of(request, ids.next());
        Optional<Found<ServedRoute>> found = head.flatMap(gateway::find);
        if (found.isEmpty()) {
            return false;
        }
        var exchange = new ServletExchange(request, response, head.orElseThrow(), open.temporary());
        if (hasUnknownCoding(request)) {
            gateway.refuse(
                    exchange, new Failure.NotImplemented("a transfer coding other than chunked"));
        } else {
            gateway.serve(exchange, found.get());
        }
        exchange.run();
        return true;
    }

    /**
     * Whether the body has an unknown coding: a program would get encoded bytes (RFC 9112 §6.1).
     */
    private static boolean hasUnknownCoding(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Transfer-Encoding")).stream()
                .anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    }

    @Override
    public void close() {
        open.close();
    }
}
