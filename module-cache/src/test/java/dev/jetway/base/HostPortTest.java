package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostPortTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org,",
        "example.org:80, example.org, 80",
        "example.org:, example.org, ''",
        "example.org:x, example.org, x",
        "192.0.2.1:80, 192.0.2.1, 80",
        "[2001:db8::1], [2001:db8::1],",
        "[2001:db8::1]:80, [2001:db8::1], 80",
        "2001:db8::1, 2001:db8::1,",
        "'', '',",
        ":80, '', 80"
    })
    void split_dividesAtTheColonOfThePort(String text, String host, String port) {
        HostPort divided = HostPort.split(text);

        assertThat(divided.host()).isEqualTo(host);
        assertThat(divided.port()).isEqualTo(Optional.ofNullable(port));
        assertThat(HostPort.host(text)).isEqualTo(host);
    }
}
