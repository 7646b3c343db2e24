package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §12.5.3 for a server that offers br and gzip. */
final class AcceptedCodingsTest {
    private static final List<String> OFFERED = List.of("br", "gzip");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | gzip",
                "GZIP | gzip",
                "x-gzip | gzip",
                "gzip, deflate, br | br gzip",
                "gzip,,br, | br gzip",
                "br;q=0.5, gzip | gzip br",
                "br;q=0.5, gzip;q=0.5 | br gzip",
                "gzip;q=0 | ''",
                "gzip;q=0.000 | ''",
                "gzip;q=0.001 | gzip",
                "gzip;Q=1 | gzip",
                "gzip ; q=1.000 | gzip",
                "gzip;q=2 | ''",
                "gzip;q=-1 | ''",
                "gzip;q=0.1234 | ''",
                "gzip;q=x | ''",
                "gzip;level=9 | ''",
                "* | br gzip",
                "*;q=0 | ''",
                "*;q=0, gzip | gzip",
                "gzip;q=0, * | br",
                "gzip;q=0, x-gzip | ''",
                "*;q=0.1, br;q=0.5 | br gzip",
                "identity | ''",
                "identity;q=0 | ''",
                "identity, gzip;q=0.5 | ''",
                "identity;q=0.5, gzip;q=0.5 | gzip",
                "identity;q=0.4, gzip;q=0.5 | gzip",
                "identity;q=0, * | br gzip",
                "deflate | ''",
                "gzipped | ''",
                "'' | ''",
            })
    void of_aField_isWhatItPrefers(String field, String accepted) {
        assertThat(String.join(" ", AcceptedCodings.of(List.of(field), OFFERED)))
                .isEqualTo(accepted);
    }

    @Test
    void of_severalFields_isTheirList() {
        assertThat(AcceptedCodings.of(List.of("gzip;q=0.5", "br;q=0.1, *;q=0"), OFFERED))
                .containsExactly("gzip", "br");
        assertThat(AcceptedCodings.of(List.of(), OFFERED)).isEmpty();
    }
}
