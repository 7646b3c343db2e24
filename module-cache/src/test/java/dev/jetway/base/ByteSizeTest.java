package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "512,512",
        "512B,512",
        "64KiB,65536",
        "256 MiB,268435456",
        "1GiB,1073741824"
    })
    void aNumberWithAUnitIsRead(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5MiB", "1MB", "1 mib", "9999999999999999999"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void aSizeThatDoesNotFitIsTooLarge() {
        assertThat(ByteSize.parse("8589934591GiB").bytes()).isPositive();
        assertThatThrownBy(() -> ByteSize.parse("8589934592GiB"))
                .hasMessage("'8589934592GiB' is too large");
    }

    @ParameterizedTest
    @CsvSource({"0,0B", "1000,1000B", "1024,1KiB", "65536,64KiB", "268435456,256MiB"})
    void theLargestEvenUnitIsShown(long bytes, String text) {
        assertThat(new ByteSize(bytes)).hasToString(text);
    }
}
