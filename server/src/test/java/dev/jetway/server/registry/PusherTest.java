package dev.jetway.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jetway.server.registry.FakeRegistry.Reply;
import dev.jetway.server.registry.http.RegistryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout of pushed modules, and registries that misbehave. */
@Timeout(60)
final class PusherTest {
    private static final byte[] MODULE = TestModules.module(1);
    private static final String UPLOADS = "/v2/a/blobs/uploads/";
    private static final String MANIFEST = "/v2/a/manifests/1";

    @TempDir private Path folder;
    private FakeRegistry registry;
    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();

    @BeforeEach
    void open() throws IOException {
        registry = new FakeRegistry();
        registry.answer(UPLOADS, Reply.of(202, "Location", "/upload/1?state=x"));
        for (Digest digest : List.of(Digest.of(MODULE), Digest.of(configuration()))) {
            registry.answer(
                    "/upload/1?state=x&digest=" + digest,
                    request -> {
                        registry.blob("a", request.body());
                        return Reply.of(201);
                    });
        }
        registry.answer(
                MANIFEST,
                request -> {
                    if (request.method().equals("PUT")) {
                        stored.put(request.field("content-type"), request.body());
                        return Reply.of(201);
                    }
                    return Reply.of(stored.values().iterator().next(), MediaTypes.MANIFEST);
                });
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private static byte[] configuration() {
        return "{\"architecture\":\"wasm\",\"os\":\"wasip1\",\"layerDigests\":[\"%s\"]}"
                .formatted(Digest.of(MODULE))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Pusher.Pushed push() throws RegistryException, InterruptedException {
        return new Pusher(TestModules.in(folder))
                .push(
                        "hello \"x\".wasm",
                        MODULE,
                        (OciPlace) RemotePlace.parse("oci://" + registry.host() + "/a:1"));
    }

    @Test
    void push_aModule_hasTheLayoutOfTheGuidance() throws Exception {
        Pusher.Pushed pushed = push();

        assertThat(stored).containsOnlyKeys(MediaTypes.MANIFEST);
        String manifest = new String(stored.get(MediaTypes.MANIFEST), StandardCharsets.UTF_8);
        assertThat(manifest)
                .isEqualTo(
                        "{\"schemaVersion\":2,\"mediaType\":\""
                                + MediaTypes.MANIFEST
                                + "\",\"config\":"
                                + FakeRegistry.descriptor(MediaTypes.WASM_CONFIG, configuration())
                                + ",\"layers\":["
                                + FakeRegistry.descriptor(MediaTypes.WASM, MODULE)
                                        .replaceFirst(
                                                "}$",
                                                ",\"annotations\":{\"org.opencontainers.image.title\""
                                                        + ":\"hello__x_.wasm\"}}")
                                + "]}");
        assertThat(pushed.manifest())
                .isEqualTo(Digest.of(manifest.getBytes(StandardCharsets.UTF_8)));
        assertThat(pushed.module()).isEqualTo(Digest.of(MODULE));
    }

    @Test
    void push_contentThatIsThere_isNotSentAgain() throws Exception {
        push();
        int uploads = registry.count(UPLOADS);

        push();

        assertThat(uploads).isEqualTo(2);
        assertThat(registry.count(UPLOADS)).isEqualTo(2);
    }

    static Stream<Arguments> faults() {
        String upload = "/upload/1?state=x&digest=" + Digest.of(MODULE);
        return Stream.of(
                bad("no right", "may not be written", UPLOADS, Reply.of(403)),
                bad("no repository", "no such repository", UPLOADS, Reply.of(404)),
                bad("a mount that nobody asked for", "201 instead of 202", UPLOADS, Reply.of(201)),
                bad("no place", "no place for the upload", UPLOADS, Reply.of(202)),
                bad(
                        "a place elsewhere",
                        "at another machine",
                        UPLOADS,
                        Reply.of(202, "Location", "http://127.0.0.2/x")),
                bad(
                        "a place that is none",
                        "no address",
                        UPLOADS,
                        Reply.of(202, "Location", "http://[x")),
                bad("too large", "too large for the registry", upload, Reply.of(413)),
                bad(
                        "a redirect of what is sent",
                        "302 instead of 201",
                        upload,
                        Reply.of(302, "Location", "/x")),
                bad("trouble", "500 instead of 201", MANIFEST, Reply.of(500)));
    }

    private static Arguments bad(String name, String told, String path, Reply reply) {
        Consumer<FakeRegistry> fault = registry -> registry.answer(path, reply);
        return arguments(name, told, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void push_toABadRegistry_isTold(String name, String told, Consumer<FakeRegistry> fault) {
        fault.accept(registry);

        assertThatThrownBy(this::push)
                .as(name)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(told);
    }

    @Test
    void push_toARegistryThatKeepsAnotherManifest_isTold() throws Exception {
        Digest other = registry.module("b", "1", TestModules.module(2));
        Reply theirs = registry.current("/v2/b/manifests/" + other);
        registry.answer(
                MANIFEST, request -> request.method().equals("PUT") ? Reply.of(201) : theirs);

        assertThatThrownBy(this::push).hasMessageContaining("another manifest now than was sent");
    }

    @Test
    void push_toADigest_isRefused() {
        var pinned =
                (OciPlace)
                        RemotePlace.parse("oci://" + registry.host() + "/a@" + Digest.of(MODULE));

        assertThatThrownBy(() -> new Pusher(TestModules.in(folder)).push("x.wasm", MODULE, pinned))
                .hasMessageContaining("name a tag only");
        assertThat(registry.lines()).isEmpty();
    }
}
