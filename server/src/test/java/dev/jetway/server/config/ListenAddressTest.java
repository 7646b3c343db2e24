package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, 127.0.0.1, 8080",
        "localhost:0, localhost, 0",
        "example.org:65535, example.org, 65535",
        "[::1]:8080, ::1, 8080",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80"
    })
    void parse_hostAndPort_readsBackTheSame(String text, String host, int port) {
        assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, port));
        assertThat(ListenAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "8080",
                "localhost",
                ":8080",
                "localhost:",
                "localhost:65536",
                "localhost:-1",
                "localhost:+1",
                "localhost:1e3",
                "localhost:100000",
                "::1:80",
                "[::1]",
                "[]:80",
                "[::1:80",
                "ho st:80",
                "a/b:80",
                "localhost:80 ",
                "[::1]x:80",
                "http://localhost:80"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.parse(text))
                .withMessageStartingWith("'" + text + "' is not HOST:PORT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:3000", "a_b.example", "[::1]", "[::1]:80"})
    void hostname_withOrWithoutPort_isKept(String text) {
        assertThat(HostText.hostname(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a:65536", "::1", "a/b", "a:80:80", "[::1", "a\nb"})
    void hostname_anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostText.hostname(text));
    }
}
