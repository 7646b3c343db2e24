package dev.jetway.sandbox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrnoTest {
    @ParameterizedTest
    @CsvSource({"1, PERM", "2, NOENT", "20, NOTDIR", "40, LOOP", "122, DQUOT", "0, SUCCESS"})
    void ofLinux_known_hasItsCounterpart(int number, Errno expected) {
        assertThat(Errno.ofLinux(number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-2", "9999", "133"})
    void ofLinux_unknown_isIo(int number) {
        assertThat(Errno.ofLinux(number)).isEqualTo(Errno.IO);
    }

    @Test
    void numbers_areThoseOfTheAlphabet() {
        // WASI numbers its errors in the order of their names, POSIX's first.
        assertThat(Arrays.stream(Errno.values()).map(Errno::number))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
