package dev.jetway.server.registry;

import static dev.jetway.server.registry.FakeRegistry.descriptor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.jetway.base.ByteSize;
import dev.jetway.server.registry.FakeRegistry.Manner;
import dev.jetway.server.registry.FakeRegistry.Reply;
import dev.jetway.server.registry.http.RegistryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that are pulled, and registries that misbehave. */
@Timeout(60)
final class PullerTest {
    private static final byte[] MODULE = TestModules.module(1);
    private static final byte[] OTHER = TestModules.module(2);
    private static final String BLOB = "/v2/a/blobs/" + Digest.of(MODULE);
    private static final String MANIFEST = "/v2/a/manifests/1";
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir private Path folder;
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new FakeRegistry();
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private Puller puller() {
        return new Puller(TestModules.in(folder), InstantSource.fixed(NOW));
    }

    private RemotePlace place() {
        return RemotePlace.parse("oci://" + registry.host() + "/a:1");
    }

    private Puller.Pulled pull() throws RegistryException, InterruptedException {
        return puller().pull(place(), TestModules.LIMIT);
    }

    @Test
    void pull_aModule_isKeptWithItsDigests() throws Exception {
        Digest manifest = registry.module("a", "1", MODULE);

        assertThat(pull().content().bytes()).isEqualTo(MODULE);

        assertThat(puller().cache().record(place()))
                .contains(
                        new PullRecord(
                                place().toString(),
                                Optional.of(manifest),
                                Digest.of(MODULE),
                                MODULE.length,
                                NOW));
        assertThat(puller().cache().content(Digest.of(MODULE), TestModules.LIMIT)).isPresent();
        assertThat(registry.lines())
                .containsExactly(
                        "GET " + MANIFEST,
                        "GET /v2/a/blobs/"
                                + Digest.of(
                                        "{\"architecture\":\"wasm\",\"os\":\"wasip1\"}"
                                                .getBytes(StandardCharsets.UTF_8)),
                        "GET " + BLOB);
    }

    @ParameterizedTest
    @CsvSource({
        "application/vnd.wasm.config.v0+json, application/wasm",
        "application/vnd.wasm.config.v1+json, application/vnd.wasm.content.layer.v1+wasm",
        "application/vnd.module.wasm.config.v1+json,"
                + " application/vnd.module.wasm.content.layer.v1+wasm",
        "application/vnd.oci.empty.v1+json, application/wasm",
        "application/vnd.oci.image.config.v1+json, application/vnd.wasm.content.layer.v1+wasm",
    })
    void pull_theTypesThatModulesHave_areTaken(String config, String layer) throws Exception {
        registry.artifact("a", "1", config, layer, MODULE);

        assertThat(pull().content().bytes()).isEqualTo(MODULE);
    }

    @Test
    void pull_byDigest_asksForTheDigest() throws Exception {
        Digest manifest = registry.module("a", "1", MODULE);
        RemotePlace pinned = RemotePlace.parse(place() + "@" + manifest);

        assertThat(puller().pull(pinned, TestModules.LIMIT).content().bytes()).isEqualTo(MODULE);
        assertThat(registry.lines()).first().isEqualTo("GET /v2/a/manifests/" + manifest);
    }

    @Test
    void pull_anIndex_takesItsManifestForWasi() throws Exception {
        Digest wasm = registry.module("a", "wasm", MODULE);
        Digest other = registry.module("a", "other", OTHER);
        index(entry(other, "linux", "amd64"), entry(wasm, "wasip1", "wasm"));

        assertThat(pull().content().bytes()).isEqualTo(MODULE);
        assertThat(puller().cache().record(place()).flatMap(PullRecord::manifest)).contains(wasm);
    }

    private void index(String... entries) {
        registry.manifest(
                "a",
                "1",
                "application/vnd.oci.image.index.v1+json",
                "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", entries) + "]}");
    }

    private static String entry(Digest digest, String os, String architecture) {
        return descriptor(MediaTypes.MANIFEST, digest, 300)
                .replaceFirst(
                        "}$",
                        ",\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}}"
                                .formatted(os, architecture));
    }

    @Test
    void pull_aRedirectedContent_isFollowedWithoutTheToken() throws Exception {
        registry.module("a", "1", MODULE);
        registry.answer(BLOB, Reply.of(307, "Location", "http://" + registry.otherHost() + "/x"));
        registry.answer("/x", Reply.of(MODULE, "application/octet-stream"));
        requireToken();

        assertThat(pull().content().bytes()).isEqualTo(MODULE);
        assertThat(registry.requests())
                .filteredOn(r -> r.path().equals("/x"))
                .singleElement()
                .satisfies(r -> assertThat(r.field("authorization")).isEmpty());
    }

    private void requireToken() {
        registry.answer(
                "/token?service=s&scope=repository%3Aa%3Apull", Reply.json("{\"token\":\"t\"}"));
        registry.answer(
                MANIFEST,
                request ->
                        request.field("authorization").equals("Bearer t")
                                ? Reply.of(manifest(), MediaTypes.MANIFEST)
                                : Reply.of(
                                        401,
                                        "WWW-Authenticate",
                                        "Bearer realm=\"http://"
                                                + registry.host()
                                                + "/token\",service=\"s\""));
    }

    private byte[] manifest() {
        byte[] config =
                "{\"architecture\":\"wasm\",\"os\":\"wasip1\"}".getBytes(StandardCharsets.UTF_8);
        return "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                .formatted(
                        descriptor(MediaTypes.WASM_CONFIG, config),
                        descriptor(MediaTypes.WASM, MODULE))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void pull_fromAWebServer_needsTheDigest() throws Exception {
        registry.answer("/m/x.wasm", Reply.of(MODULE, "application/wasm"));
        String address = "http://" + registry.host() + "/m/x.wasm@";

        assertThat(
                        puller().pull(
                                        RemotePlace.parse(address + Digest.of(MODULE)),
                                        TestModules.LIMIT)
                                .content()
                                .bytes())
                .isEqualTo(MODULE);
        assertThatThrownBy(() ->
                        puller().pull(
                                        RemotePlace.parse(address + Digest.of(OTHER)),
                                        TestModules.LIMIT))
                .hasMessageContaining("has not the digest " + Digest.of(OTHER));
        assertThatThrownBy(() ->
                        puller().pull(
                                        RemotePlace.parse(
                                                address.replace("http:", "https:")
                                                        + Digest.of(MODULE)),
                                        TestModules.LIMIT))
                .as("https is meant")
                .isInstanceOf(RegistryException.class);
        assertThatThrownBy(() ->
                        puller().pull(
                                        RemotePlace.parse(
                                                "http://host.invalid/x@" + Digest.of(MODULE)),
                                        TestModules.LIMIT))
                .hasMessageContaining("is not https: name the host in 'insecure-registries'");
    }

    /** Faults of a registry, each with a part of the message. */
    static Stream<Arguments> faults() {
        String location = "Location";
        return Stream.of(
                bad("no such tag", "404", r -> r.answer(MANIFEST, Reply.of(404))),
                bad("no right", "not given to this user", r -> r.answer(MANIFEST, Reply.of(403))),
                bad("too often", "too often", r -> r.answer(MANIFEST, Reply.of(429))),
                bad("trouble", "answered 500", r -> r.answer(MANIFEST, Reply.of(500))),
                bad(
                        "another content than its digest",
                        "has not the digest " + Digest.of(MODULE),
                        r -> r.answer(BLOB, Reply.of(OTHER, "x/y"))),
                bad(
                        "another manifest than the field says",
                        "another manifest than the registry says",
                        r ->
                                r.answer(
                                        MANIFEST,
                                        Reply.of(
                                                        "{}".getBytes(StandardCharsets.UTF_8),
                                                        MediaTypes.MANIFEST)
                                                .with(
                                                        "Docker-Content-Digest",
                                                        Digest.of(MODULE).toString()))),
                bad(
                        "a content without end",
                        "of more than " + MODULE.length,
                        r -> r.answer(BLOB, Reply.of(MODULE, "x/y").sent(Manner.ENDLESS))),
                bad(
                        "a longer content",
                        "another size",
                        r -> r.answer(BLOB, Reply.of(new byte[14], "x/y"))),
                bad(
                        "a shorter content",
                        "another size",
                        r -> r.answer(BLOB, Reply.of(new byte[3], "x/y"))),
                bad(
                        "a content that is cut",
                        "was cut",
                        r -> r.answer(BLOB, Reply.of(MODULE, "x/y").sent(Manner.CUT))),
                bad(
                        "a manifest without end",
                        "a manifest of more than 4194304 bytes",
                        r ->
                                r.answer(
                                        MANIFEST,
                                        Reply.of(new byte[64 * 1024], MediaTypes.MANIFEST)
                                                .sent(Manner.ENDLESS))),
                bad(
                        "a manifest that announces too much",
                        "a manifest of more than 4194304 bytes",
                        r ->
                                r.answer(
                                        MANIFEST,
                                        Reply.of(new byte[1], MediaTypes.MANIFEST)
                                                .with("Content-Length", "4194305"))),
                bad(
                        "a redirect to the metadata of a cloud",
                        "169.254.169.254, a special address",
                        r ->
                                r.answer(
                                        BLOB,
                                        Reply.of(302, location, "http://169.254.169.254/latest"))),
                bad(
                        "a redirect to this link",
                        "a link-local address",
                        r -> r.answer(BLOB, Reply.of(302, location, "http://169.254.1.1/"))),
                bad(
                        "a redirect to a private network",
                        "10.1.2.3, a private address",
                        r -> r.answer(BLOB, Reply.of(302, location, "http://10.1.2.3/"))),
                bad(
                        "a redirect of the manifest to IPv6 of IPv4",
                        "a link-local address",
                        r ->
                                r.answer(
                                        MANIFEST,
                                        Reply.of(302, location, "http://[64:ff9b::a9fe:101]/"))),
                bad(
                        "redirects without end",
                        "redirects more than 5 times",
                        r -> r.answer(BLOB, Reply.of(302, location, BLOB))),
                bad(
                        "a redirect to another scheme",
                        "another scheme",
                        r -> r.answer(BLOB, Reply.of(302, location, "ftp://127.0.0.1/"))),
                bad(
                        "a redirect with a user",
                        "no address",
                        r -> r.answer(BLOB, Reply.of(302, location, "http://u:p@127.0.0.1/"))),
                bad(
                        "a redirect to nowhere",
                        "redirects to nowhere",
                        r -> r.answer(BLOB, Reply.of(302))),
                bad(
                        "a redirect that is no address",
                        "no address",
                        r -> r.answer(BLOB, Reply.of(302, location, "http://[::1"))),
                bad(
                        "an unknown challenge",
                        "neither Basic nor Bearer",
                        r -> r.answer(MANIFEST, Reply.of(401, "WWW-Authenticate", "Negotiate"))),
                bad(
                        "no challenge",
                        "neither Basic nor Bearer",
                        r -> r.answer(MANIFEST, Reply.of(401))),
                bad(
                        "a password is wanted",
                        "docker login",
                        r ->
                                r.answer(
                                        MANIFEST,
                                        Reply.of(401, "WWW-Authenticate", "Basic realm=\"r\""))),
                bad(
                        "a container image",
                        "container image",
                        r ->
                                r.artifact(
                                        "a",
                                        "1",
                                        "application/vnd.oci.image.config.v1+json",
                                        "application/vnd.oci.image.layer.v1.tar+gzip",
                                        MODULE)),
                bad(
                        "an application of Spin",
                        "application of Spin",
                        r ->
                                r.artifact(
                                        "a",
                                        "1",
                                        MediaTypes.SPIN_APPLICATION,
                                        MediaTypes.WASM,
                                        MODULE)),
                bad(
                        "another layer",
                        "no module's",
                        r -> r.artifact("a", "1", MediaTypes.WASM_CONFIG, "text/plain", MODULE)));
    }

    private static Arguments bad(String name, String told, Consumer<FakeRegistry> fault) {
        return arguments(name, told, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void pull_fromABadRegistry_isRefusedAndNothingIsKept(
            String name, String told, Consumer<FakeRegistry> fault) throws Exception {
        registry.module("a", "1", MODULE);
        fault.accept(registry);

        assertThatThrownBy(this::pull)
                .as(name)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(told);
        assertThat(puller().cache().record(place())).isEmpty();
        assertThat(puller().cache().has(Digest.of(MODULE))).isFalse();
    }

    /** Manifests that mean nothing, or two things. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|not an object",
                "{|not JSON",
                "{} {}|not one document",
                "{'schemaVersion':1}|another version",
                "{'schemaVersion':2}|without a configuration",
                "{'schemaVersion':2,'mediaType':'x/y'}|calls itself another type",
                "{'schemaVersion':2,'config':CONFIG}|without layers",
                "{'schemaVersion':2,'config':CONFIG,'layers':[]}|has 0 layers",
                "{'schemaVersion':2,'config':CONFIG,'layers':[MODULE,MODULE]}|has 2 layers",
                "{'schemaVersion':2,'config':CONFIG,'layers':[1]}|without layers",
                "{'schemaVersion':2,'config':{},'layers':[MODULE]}|type or size of its configuration",
                "{'schemaVersion':2,'config':CONFIG,'layers':[{'mediaType':'application/wasm',"
                        + "'digest':'sha512:00','size':1}]}|without a SHA-256",
                "{'schemaVersion':2,'config':CONFIG,'layers':[{'mediaType':'application/wasm',"
                        + "'digest':'sha256:../../x','size':1}]}|without a SHA-256",
                "{'schemaVersion':2,'config':CONFIG,'layers':[{'mediaType':'application/wasm',"
                        + "'digest':'DIGEST','size':-1}]}|type or size of its layer",
                "{'schemaVersion':2,'config':CONFIG,'layers':[{'mediaType':'application/wasm',"
                        + "'digest':'DIGEST','size':1048577}]}|larger than 1MiB",
                "{'schemaVersion':2,'config':{'mediaType':'x/y','digest':'DIGEST',"
                        + "'size':1048577},'layers':[MODULE]}|configuration of more than 1048576",
            })
    void pull_aManifestThatMeansNothing_isRefused(String text, String told) {
        byte[] config = "{\"os\":\"wasip1\"}".getBytes(StandardCharsets.UTF_8);
        registry.blob("a", config);
        registry.blob("a", MODULE);
        registry.manifest(
                "a",
                "1",
                MediaTypes.MANIFEST,
                text.replace('\'', '"')
                        .replace("CONFIG", descriptor(MediaTypes.WASM_CONFIG, config))
                        .replace("MODULE", descriptor(MediaTypes.WASM, MODULE))
                        .replace("DIGEST", Digest.of(MODULE).toString()));

        assertThatThrownBy(this::pull)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(told);
    }

    @Test
    void pull_aManifestNestedTooDeep_isRefused() {
        registry.manifest("a", "1", MediaTypes.MANIFEST, "[".repeat(100_000));

        assertThatThrownBy(this::pull).hasMessageContaining("nested too deep");
    }

    @Test
    void pull_anIndexWithoutAChoice_isRefused() throws Exception {
        Digest one = registry.module("a", "one", MODULE);
        Digest two = registry.module("a", "two", OTHER);
        index(entry(one, "linux", "amd64"), entry(two, "linux", "arm64"));
        assertThatThrownBy(this::pull).hasMessageContaining("none of them for wasm");
        index(entry(one, "wasip1", "wasm"), entry(two, "wasi", "wasm32"));
        assertThatThrownBy(this::pull).hasMessageContaining("several of them for wasm");
        index(entry(Digest.of("nothing".getBytes(StandardCharsets.UTF_8)), "wasip1", "wasm"));
        assertThatThrownBy(this::pull).hasMessageContaining("404");
        String[] many =
                Stream.generate(() -> entry(one, "x", "y")).limit(101).toArray(String[]::new);
        index(many);
        assertThatThrownBy(this::pull).hasMessageContaining("more than 100 manifests");
    }

    @Test
    void pull_anIndexInAnIndex_isRefused() {
        String inner = "{\"schemaVersion\":2,\"manifests\":[]}";
        Digest digest =
                registry.manifest("a", "in", "application/vnd.oci.image.index.v1+json", inner);
        index(entry(digest, "wasip1", "wasm"));

        assertThatThrownBy(this::pull).hasMessageContaining("type that is not known");
    }

    @Test
    void pull_aComponentByItsConfiguration_isRefused() {
        byte[] config = "{\"os\":\"wasip2\"}".getBytes(StandardCharsets.UTF_8);
        registry.blob("a", config);
        registry.manifest(
                "a",
                "1",
                MediaTypes.MANIFEST,
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}"
                        .formatted(
                                descriptor(MediaTypes.WASM_CONFIG, config),
                                descriptor(MediaTypes.WASM, MODULE)));

        assertThatThrownBy(this::pull).hasMessageContaining("wasm32-wasip1");
    }

    @ParameterizedTest
    @CsvSource({"13, true", "12, false"})
    void pull_theLimitOfModules_isKept(int limit, boolean taken) {
        registry.module("a", "1", MODULE);

        var pulled = messageOf(() -> puller().pull(place(), new ByteSize(limit)));
        assertThat(pulled).isEqualTo(taken ? "" : "is larger than 12B, the limit for a module");
    }

    private interface Work {
        void run() throws Exception;
    }

    private static String messageOf(Work work) {
        try {
            work.run();
            return "";
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void pull_contentThatDripsOrStalls_endsInTime() {
        var hasty =
                new Puller(
                        TestModules.within(folder, Duration.ofSeconds(1)), InstantSource.system());
        for (Manner manner : List.of(Manner.DRIPPING, Manner.STALLED)) {
            byte[] large = new byte[1000];
            registry.module("a", "1", large);
            registry.answer("/v2/a/blobs/" + Digest.of(large), Reply.of(large, "x/y").sent(manner));

            assertThatThrownBy(() -> hasty.pull(place(), TestModules.LIMIT))
                    .as(manner.toString())
                    .hasMessageContaining("does not send in time")
                    .hasMessageContaining("1s");
        }
    }

    private boolean isThere(String host) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getAllByName(host)[0], registry.port()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A machine by its name, and by its addresses of both kinds where it has them. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.0.0.3", "[::1]"})
    void pull_fromAMachine_underEachOfItsNames(String name) throws Exception {
        registry.module("a", "1", MODULE);
        assumeTrue(isThere(name), "this machine has no such address");

        assertThat(
                        puller().pull(
                                        RemotePlace.parse(
                                                "oci://" + name + ":" + registry.port() + "/a:1"),
                                        TestModules.LIMIT)
                                .content()
                                .bytes())
                .isEqualTo(MODULE);
    }

    @Test
    void pull_theFifthRedirect_isFollowed() throws Exception {
        registry.module("a", "1", MODULE);
        for (int i = 0; i < 5; i++) {
            registry.answer(i == 0 ? BLOB : "/r" + i, Reply.of(302, "Location", "/r" + (i + 1)));
        }
        registry.answer("/r5", Reply.of(MODULE, "x/y"));

        assertThat(pull().content().bytes()).isEqualTo(MODULE);
    }

    @Test
    void pull_aRegistryThatIsAway_isTold() throws IOException {
        RemotePlace gone = place();
        registry.close();

        assertThatThrownBy(() -> puller().pull(gone, TestModules.LIMIT))
                .hasMessageContaining("nothing answers at 127.0.0.1");
        assertThatThrownBy(() ->
                        puller().pull(
                                        RemotePlace.parse("oci://registry.invalid/a:1"),
                                        TestModules.LIMIT))
                .hasMessageContaining("the host registry.invalid is unknown");
    }

    @Test
    void pull_withoutAFolder_isRefused() {
        assertThatThrownBy(() ->
                        new Puller(RegistrySettings.DEFAULT, InstantSource.system())
                                .pull(place(), TestModules.LIMIT))
                .hasMessageContaining("registry-cache");
        assertThat(registry.lines()).isEmpty();
    }
}
