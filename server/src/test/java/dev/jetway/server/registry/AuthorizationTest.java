package dev.jetway.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.server.registry.FakeRegistry.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** To whom credentials and tokens are given. */
@Timeout(60)
final class AuthorizationTest {
    private static final byte[] MODULE = TestModules.module(1);
    private static final String MANIFEST = "/v2/a/manifests/1";
    private static final String TOKEN = "/token?service=s&scope=repository%3Aa%3Apull";
    private static final String BASIC =
            "Basic "
                    + Base64.getEncoder()
                            .encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));

    @TempDir private Path folder;
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new FakeRegistry();
        registry.module("a", "1", MODULE);
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private RegistrySettings settings(boolean credentials) throws IOException {
        Path file = folder.resolve("config.json");
        if (credentials) {
            Files.writeString(
                    file,
                    "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}"
                            .formatted(registry.host(), BASIC.substring(6)));
        }
        return TestModules.with(folder.resolve("cache"), file);
    }

    private byte[] pull(boolean credentials) throws Exception {
        return new Puller(settings(credentials), InstantSource.system())
                .pull(RemotePlace.parse("oci://" + registry.host() + "/a:1"), TestModules.LIMIT)
                .content()
                .bytes();
    }

    /** Answers a path only to those that have this authorization, else with a challenge. */
    private void protect(String path, String authorization, String challenge) {
        Reply good = registry.current(path);
        registry.answer(
                path,
                request ->
                        request.field("authorization").equals(authorization)
                                ? good
                                : Reply.of(401, "WWW-Authenticate", challenge));
    }

    private String bearer(String host) {
        return "Bearer realm=\"http://" + host + "/token\",service=\"s\",scope=\"ignored\"";
    }

    private List<String> authorizations(String path) {
        return registry.requests().stream()
                .filter(r -> r.path().equals(path))
                .map(r -> r.field("authorization"))
                .toList();
    }

    @Test
    void password_isSentWhenItIsAskedFor() throws Exception {
        protect(MANIFEST, BASIC, "Basic realm=\"r\"");

        assertThat(pull(true)).isEqualTo(MODULE);
        assertThat(authorizations(MANIFEST)).containsExactly("", BASIC);
    }

    @Test
    void password_thatIsRefused_endsThePull() {
        protect(MANIFEST, "never", "Basic realm=\"r\"");

        assertThatThrownBy(() -> pull(true)).hasMessageContaining("refuses the credentials");
        assertThat(authorizations(MANIFEST)).hasSize(2);
    }

    @Test
    void token_withoutCredentials_isAskedForAnonymously() throws Exception {
        protect(MANIFEST, "Bearer t", bearer(registry.host()));
        registry.answer(TOKEN, Reply.json("{\"access_token\":\"t\"}"));

        assertThat(pull(false)).isEqualTo(MODULE);
        assertThat(authorizations(TOKEN)).containsExactly("");
    }

    @Test
    void token_withCredentials_isAskedForWithThem() throws Exception {
        protect(MANIFEST, "Bearer t", bearer(registry.host()));
        registry.answer(TOKEN, Reply.json("{\"token\":\"t\",\"expires_in\":60}"));

        assertThat(pull(true)).isEqualTo(MODULE);
        assertThat(authorizations(TOKEN)).containsExactly(BASIC);
        assertThat(authorizations(MANIFEST)).containsExactly("", "Bearer t");
    }

    @Test
    void token_ofAnotherMachine_isAskedForAnonymouslyOnly() throws Exception {
        protect(MANIFEST, "Bearer t", bearer(registry.otherHost()));
        registry.answer(TOKEN, Reply.json("{\"token\":\"t\"}"));

        assertThat(pull(false)).isEqualTo(MODULE);
        assertThatThrownBy(() -> pull(true)).hasMessageContaining("token service without TLS");
        assertThat(authorizations(TOKEN)).containsExactly("");
    }

    @Test
    void token_thatIsRefused_isNotAskedForAgain() {
        protect(MANIFEST, "never", bearer(registry.host()));
        registry.answer(TOKEN, Reply.json("{\"token\":\"t\"}"));

        assertThatThrownBy(() -> pull(false)).hasMessageContaining("docker login");
        assertThat(authorizations(TOKEN)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://169.254.169.254/token|special address",
                "http://10.0.0.1/token|private address",
                "ftp://127.0.0.1/token|another scheme",
                "http://u:p@127.0.0.1/token|no address",
                "http://[x/token|no address",
                "token|no address",
            })
    void token_ofAPlaceThatMustNotBeAsked_isRefused(String realm, String told) {
        protect(MANIFEST, "never", "Bearer realm=\"" + realm + "\"");

        assertThatThrownBy(() -> pull(false)).hasMessageContaining(told);
    }

    @Test
    void token_withoutAPlace_isRefused() {
        protect(MANIFEST, "never", "Bearer service=\"s\"");

        assertThatThrownBy(() -> pull(false)).hasMessageContaining("names no token service");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"token\":1}",
                "{\"token\":\"\"}",
                "{\"token\":\"a b\"}",
                "{\"token\":\"a\\r\\nX-Evil: 1\"}"
            })
    void token_thatIsNone_isRefused(String answer) {
        protect(MANIFEST, "never", bearer(registry.host()));
        registry.answer(TOKEN, Reply.json(answer));

        assertThatThrownBy(() -> pull(false)).hasMessageContaining("sends no token");
    }

    @ParameterizedTest
    @CsvSource({"65536, sends no token", "65537, of more than 65536 bytes"})
    void token_answer_isReadUpToItsBound(int size, String told) {
        protect(MANIFEST, "never", bearer(registry.host()));
        registry.answer(TOKEN, Reply.json("{}" + " ".repeat(size - 2)));

        assertThatThrownBy(() -> pull(false)).hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource({"302", "401", "500"})
    void token_serviceThatDoesNotAnswer_isTold(int status) {
        protect(MANIFEST, "never", bearer(registry.host()));
        registry.answer(TOKEN, Reply.of(status, "Location", "/elsewhere"));

        assertThatThrownBy(() -> pull(true))
                .hasMessageContaining("gives no token: " + status)
                .hasMessageNotContaining("secret");
    }

    @Test
    void redirect_toAnotherMachineThatAsksForAPassword_getsNone() {
        String blob = "/v2/a/blobs/" + Digest.of(MODULE);
        protect(MANIFEST, BASIC, "Basic realm=\"r\"");
        registry.answer(blob, Reply.of(307, "Location", "http://" + registry.otherHost() + "/x"));
        registry.answer("/x", Reply.of(401, "WWW-Authenticate", "Basic realm=\"r\""));

        assertThatThrownBy(() -> pull(true)).hasMessageContaining("the host that it redirects to");
        assertThat(authorizations("/x")).containsExactly("");
    }

    @Test
    void helper_isNamedOnlyWhenCredentialsAreWanted() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("config.json"),
                        "{\"credHelpers\":{\"" + registry.host() + "\":\"gcr\"}}");
        var puller =
                new Puller(TestModules.with(folder.resolve("cache"), file), InstantSource.system());
        RemotePlace place = RemotePlace.parse("oci://" + registry.host() + "/a:1");

        assertThat(puller.pull(place, TestModules.LIMIT).content().bytes()).isEqualTo(MODULE);
        protect(MANIFEST, BASIC, "Basic realm=\"r\"");
        assertThatThrownBy(() -> puller.pull(place, TestModules.LIMIT))
                .hasMessageContaining("no helper is run");
    }
}
