package dev.jetway.server.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RemotePlaceTest {
    private static final String D =
            "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource({
        "oci://registry.example/hello:1, oci://registry.example/hello:1, hello,"
                + " https://registry.example/",
        "OCI://Registry.Example:5000/a/b/Hello-x:V1.0, '', '', ''",
        "oci://Registry.Example:5000/a/b/hello-x:V1.0,"
                + " oci://registry.example:5000/a/b/hello-x:V1.0, hello-x,"
                + " https://registry.example:5000/",
        "oci://r/hello, oci://r/hello:latest, hello, https://r/",
        "oci://[::1]:5000/hello:1, oci://[::1]:5000/hello:1, hello, https://[::1]:5000/",
        "oci:hello:v1, oci://docker.io/library/hello:v1, hello, https://registry-1.docker.io/",
        "oci:me/hello:v1, oci://docker.io/me/hello:v1, hello, https://registry-1.docker.io/",
        "oci:index.docker.io/me/hello, oci://docker.io/me/hello:latest, hello,"
                + " https://registry-1.docker.io/",
        "oci:localhost/hello:1, oci://localhost/hello:1, hello, https://localhost/",
        "oci:localhost:5000/hello:1, oci://localhost:5000/hello:1, hello, https://localhost:5000/",
        "oci:ghcr.io/me/hello:1, oci://ghcr.io/me/hello:1, hello, https://ghcr.io/",
        "oci:/ghcr.io/me/hello:1, oci://ghcr.io/me/hello:1, hello, https://ghcr.io/",
        "oci://r/a.b_c__d--e:_x, oci://r/a.b_c__d--e:_x, a.b_c__d--e, https://r/",
    })
    void parse_ofARegistry_isAsWagiAndDockerReadIt(
            String text, String whole, String name, String address) {
        if (whole.isEmpty()) {
            assertThatThrownBy(() -> RemotePlace.parse(text))
                    .isInstanceOf(IllegalArgumentException.class);
            return;
        }
        RemotePlace place = RemotePlace.parse(text);

        assertThat(place).hasToString(whole);
        assertThat(place.name()).isEqualTo(name);
        assertThat(place.address()).hasToString(address);
        assertThat(RemotePlace.parse(whole)).isEqualTo(place);
    }

    @Test
    void parse_aDigest_winsOverTheTag() {
        assertThat(RemotePlace.parse("oci://r/hello@" + D)).hasToString("oci://r/hello@" + D);
        assertThat(RemotePlace.parse("oci://r/hello:1@" + D)).hasToString("oci://r/hello:1@" + D);
        assertThat(((OciPlace) RemotePlace.parse("oci://r/hello:1@" + D)).manifest()).isEqualTo(D);
        assertThat(((OciPlace) RemotePlace.parse("oci://r/hello:1")).manifest()).isEqualTo("1");
    }

    @Test
    void parse_ofAWebServer_needsADigest() {
        RemotePlace place = RemotePlace.parse("https://Host.example:8443/a/b/x.wasm?v=1@" + D);

        assertThat(place).hasToString("https://Host.example:8443/a/b/x.wasm?v=1@" + D);
        assertThat(place.name()).isEqualTo("x.wasm");
        assertThat(place.host()).isEqualTo("host.example:8443");
        assertThat(RemotePlace.parse("https://host.example/@" + D).name())
                .isEqualTo("host.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oci://|names no repository",
                "oci://hello:1|names no repository",
                "oci://host/|not the name of a repository",
                "oci://host/a:|not a tag",
                "oci://host/a:-x|not a tag",
                "oci://host/a:b/c|not a tag",
                "oci://host/A:1|not the name of a repository",
                "oci://host/a//b:1|not the name of a repository",
                "oci://host/../a:1|not the name of a repository",
                "oci://host/a/../../v2/x:1|not the name of a repository",
                "oci://host/a%2f:1|not the name of a repository",
                "oci://host/a?x=1|not the name of a repository",
                "oci://host/a#b|not the name of a repository",
                "oci://host/a---|not the name of a repository",
                "oci://us er/a:1|not a host",
                "oci://user:pass@host/a:1|sha256:",
                "oci://host:0/a:1|not a host",
                "oci://host:65536/a:1|not a host",
                "oci://host:x/a:1|not a host",
                "oci://-host/a:1|not a host",
                "oci://host/a@sha512:00|no other kind",
                "oci://host/a@sha256:00|64 hexadecimal",
                "oci://host/a:1@md5:00|no other kind",
                "https://host/x.wasm|needs its digest",
                "https://host/x.wasm@sha256:00|64 hexadecimal",
                "https://user@host/x.wasm@DIGEST|neither a user nor a fragment",
                "https://host/x.wasm#a@DIGEST|neither a user nor a fragment",
                "https:///x.wasm@DIGEST|not an address",
                "https:x.wasm@DIGEST|not an address",
                "https://ho st/x.wasm@DIGEST|not an address",
                "https://host:70000/x.wasm@DIGEST|not a host",
                "ftp://host/x.wasm@DIGEST|not an address like https",
            })
    void parse_anythingElse_saysWhatIsWrong(String text, String told) {
        assertThatThrownBy(() -> RemotePlace.parse(text.replace("DIGEST", D)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void parse_lengths_areBounded(int more) {
        int taken = 0;
        taken += isTaken("oci://r/" + "a".repeat(OciPlace.MAX_REPOSITORY + more) + ":1");
        taken += isTaken("oci://r/a:" + "t".repeat(128 + more));
        int rest = FilePlace.MAX_LENGTH - "https://h/".length() + more;
        taken += isTaken("https://h/" + "p".repeat(rest) + "@" + D);

        assertThat(taken).isEqualTo(more == 0 ? 3 : 0);
    }

    private static int isTaken(String text) {
        try {
            return RemotePlace.parse(text).name().isEmpty() ? 0 : 1;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "localhost:5000, true",
        "a.localhost, true",
        "127.0.0.1:5000, true",
        "127.1.2.3, true",
        "[::1]:5000, true",
        "[0:0:0:0:0:0:0:1], true",
        "localhost.example, false",
        "127.0.0.1.example, false",
        "128.0.0.1, false",
        "[::2], false",
        "registry.example, false",
    })
    void isLoopback_isToldByTheName(String host, boolean loopback) {
        assertThat(HostName.isLoopback(host)).isEqualTo(loopback);
    }
}
