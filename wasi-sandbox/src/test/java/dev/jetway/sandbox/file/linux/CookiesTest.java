package dev.jetway.sandbox.file.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Positions of different file systems. */
final class CookiesTest {
    private static final long OF_31_BITS = 1L << 31;

    private final Cookies cookies = new Cookies();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, Cookies.NUMBERED - 1})
    void smallPosition_isItsOwnCookie(long position) {
        assertThat(cookies.of(position)).isEqualTo(position);
        assertThat(cookies.position(position)).isEqualTo(position);
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                Cookies.NUMBERED,
                OF_31_BITS - 1,
                OF_31_BITS,
                1L << 32,
                0x1234_5678_9abc_def0L,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE
            })
    void largePosition_hasACookieOf31BitsThatStays(long position) {
        long cookie = cookies.of(position);

        assertThat(cookie).isBetween(Cookies.NUMBERED, OF_31_BITS - 1);
        for (long other = 1; other < 10_000; other++) {
            cookies.of(position ^ (other << 40));
        }
        assertThat(cookies.of(position)).isEqualTo(cookie);
        assertThat(cookies.position(cookie)).isEqualTo(position);
    }

    @Test
    void cookiesOfManyPositions_leadBackToThem() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        Map<Long, Long> known = new HashMap<>();
        for (int i = 0; i < Cookies.MOST; i++) {
            // As ext4's: the hash in the upper half, a few in the lower.
            long position = (random.nextLong(1L << 31) << 32) | random.nextInt(4);
            known.put(cookies.of(position), position);
        }

        assertThat(known)
                .allSatisfy((cookie, position) -> {
                    assertThat(cookie).isLessThan(OF_31_BITS);
                    assertThat(cookies.position(cookie)).isEqualTo(position);
                });
    }

    @Test
    void whenTheNumbersAreUsedUp_aCookieIsThePositionItself() {
        for (long i = 0; i < Cookies.MOST - 1; i++) {
            cookies.of((i + 1) << 32);
        }
        long last = cookies.of(Long.MAX_VALUE);
        long over = cookies.of(Long.MAX_VALUE - 1);

        assertThat(last).isEqualTo(Cookies.NUMBERED + Cookies.MOST - 1);
        assertThat(over).isNegative();
        assertThat(cookies.position(last)).isEqualTo(Long.MAX_VALUE);
        assertThat(cookies.position(over)).isEqualTo(Long.MAX_VALUE - 1);
        assertThat(cookies.of(Long.MAX_VALUE)).isEqualTo(last);
        assertThat(cookies.of(5)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {Cookies.NUMBERED + 1, OF_31_BITS - 1, OF_31_BITS, Long.MAX_VALUE})
    void cookieThatNobodyWasGiven_isInvalid(long cookie) {
        cookies.of(Long.MAX_VALUE);

        assertThatThrownBy(() -> cookies.position(cookie))
                .isInstanceOfSatisfying(
                        ErrnoException.class, e -> assertThat(e.errno()).isEqualTo(Errno.INVAL));
    }
}
