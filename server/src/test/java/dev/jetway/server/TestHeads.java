package dev.jetway.server;

import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import java.util.List;
import java.util.Optional;

/** Heads of requests for tests. */
public final class TestHeads {
    private TestHeads() {}

    /** A request from 192.0.2.7 with these fields. */
    public static RequestHead get(String target, Field... fields) {
        return new RequestHead(
                "id-1",
                "GET",
                RequestTarget.parse(target).orElseThrow(),
                "HTTP/1.1",
                false,
                Optional.of("example.org"),
                List.of(fields),
                new Endpoint("192.0.2.7", 1234),
                new Endpoint("192.0.2.1", 80),
                Optional.empty());
    }
}
