package dev.jetway.sandbox.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.sandbox.file.GuestPath;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A start may be as long as its bounds say, and no longer. */
final class StartBoundsTest {
    private static final FileLook LOOK =
            new FileLook(
                    0,
                    GuestPath.of(new byte[] {'f'}),
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    false);

    private static Arguments bound(
            String name, int most, BiConsumer<StartWatch, Integer> step, String reason) {
        return Arguments.of(name, most, step, reason);
    }

    static Stream<Arguments> bounds() {
        return Stream.of(
                bound(
                        "calls",
                        10_000,
                        (watch, _) -> watch.call("sched_yield", true, false),
                        "it makes more than 10000 calls"),
                bound(
                        "times",
                        256,
                        (watch, i) -> watch.time(8 * i, true),
                        "it asks for more than 256 times, random numbers and environments"),
                bound(
                        "random numbers",
                        256,
                        (watch, i) -> watch.random(8 * i, 4),
                        "it asks for more than 256 times, random numbers and environments"),
                bound(
                        "environments",
                        256,
                        (watch, i) -> watch.environment(8192 * i),
                        "it asks for more than 256 times, random numbers and environments"),
                bound(
                        "looks at files",
                        2048,
                        (watch, _) -> watch.look(LOOK),
                        "it looks at more than 2048 files"),
                bound(
                        "bytes of the environment",
                        2048,
                        (watch, i) -> {
                            if (i == 0) {
                                watch.environment(4096);
                            }
                            watch.read(4096 + i, 1);
                        },
                        "it reads its environment"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bounds")
    void aStartEndsBeyondABound(
            String name, int most, BiConsumer<StartWatch, Integer> step, String reason) {
        var watch = new StartWatch(7, 1, null, null);
        watch.place(List.of(new byte[2048]));
        for (int i = 0; i < most; i++) {
            step.accept(watch, i);
        }

        assertThatThrownBy(() -> step.accept(watch, most)).isInstanceOf(StartEnd.class);
        assertThat(watch.reason()).isEqualTo(reason);
    }

    @Test
    void theLayoutOfAnEnvironmentIsBounded() {
        var under = new StartWatch(7, 1, null, null);
        assertThat(under.place(List.of(new byte[128 * 1024])).size()).isEqualTo(256 * 1024);

        var over = new StartWatch(7, 1, null, null);
        assertThatThrownBy(() -> over.place(List.of(new byte[128 * 1024 + 1])))
                .isInstanceOf(StartEnd.class);
        assertThat(over.reason()).isEqualTo("its environment is too large");
    }

    /** Each variable has a place of twice its length, at least 64 bytes, in steps of 64. */
    @ParameterizedTest
    @CsvSource({
        "1, 64, true",
        "1, 65, false",
        "32, 64, true",
        "32, 65, false",
        "33, 128, true",
        "33, 129, false",
        "100, 256, true",
        "100, 257, false",
        "9, 0, true"
    })
    void aVariableMayBeSoMuchLonger(int recorded, int other, boolean fits) {
        EnvironmentPlace place =
                new StartWatch(7, 1, null, null).place(List.of(new byte[recorded], new byte[9]));

        assertThat(place.content(List.of(new byte[other], new byte[9])).isPresent())
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, false", "2, true", "3, false"})
    void theNumberOfVariablesIsTheSame(int other, boolean fits) {
        EnvironmentPlace place =
                new StartWatch(7, 1, null, null).place(List.of(new byte[5], new byte[5]));

        assertThat(place.content(Collections.nCopies(other, new byte[5])).isPresent())
                .isEqualTo(fits);
    }
}
