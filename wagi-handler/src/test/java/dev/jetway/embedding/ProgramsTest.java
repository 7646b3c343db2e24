package dev.jetway.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bounds of what an embedding may say: just within, and just outside. */
final class ProgramsTest {
    private static final Path MODULE = Path.of("a.wasm");

    private static ProgramRoute variables(int count) {
        return new ProgramRoute(
                "/a",
                MODULE,
                Dialect.CGI,
                IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "V" + i, i -> "")),
                List.of(),
                RunLimits.DEFAULT);
    }

    private static ProgramRoute folders(int count) {
        return new ProgramRoute(
                "/a",
                MODULE,
                Dialect.CGI,
                Map.of(),
                IntStream.range(0, count)
                        .mapToObj(i -> new Folder("/f" + i, Path.of("f"), false))
                        .toList(),
                RunLimits.DEFAULT);
    }

    private static Programs routes(int count) {
        return Programs.of(
                IntStream.range(0, count)
                        .mapToObj(i -> ProgramRoute.of("/r" + i, MODULE))
                        .toList());
    }

    private static Arguments bound(
            String name, Callable<?> within, Callable<?> outside, String message) {
        return arguments(name, within, outside, message);
    }

    static Stream<Arguments> bounds() {
        ProgramRoute route = ProgramRoute.of("/a", MODULE);
        Programs one = Programs.of("/a", MODULE);
        RunLimits limits = RunLimits.DEFAULT;
        return Stream.of(
                bound("routes", () -> routes(1000), () -> routes(1001), "more than 1000 routes"),
                bound("variables", () -> variables(1000), () -> variables(1001), "1000 variables"),
                bound("folders", () -> folders(100), () -> folders(101), "100 folders"),
                bound("least slots", () -> one.withSlots(1), () -> one.withSlots(0), "between 1"),
                bound("slots", () -> one.withSlots(4096), () -> one.withSlots(4097), "and 4096"),
                bound(
                        "least time",
                        () -> limits.withTime(Duration.ofMillis(1)),
                        () -> limits.withTime(Duration.ofNanos(999_999)),
                        "between 1 ms and 24 h"),
                bound(
                        "time",
                        () -> limits.withTime(Duration.ofHours(24)),
                        () -> limits.withTime(Duration.ofHours(24).plusMillis(1)),
                        "between 1 ms and 24 h"),
                bound(
                        "least memory",
                        () -> limits.withMemory(64 << 10),
                        () -> limits.withMemory((64 << 10) - 1),
                        "a memory limit lies between"),
                bound(
                        "memory",
                        () -> limits.withMemory(1L << 31),
                        () -> limits.withMemory((1L << 31) + 1),
                        "a memory limit lies between"),
                bound(
                        "least body",
                        () -> limits.withRequestBody(0),
                        () -> limits.withRequestBody(-1),
                        "cannot be negative"),
                bound(
                        "body",
                        () -> limits.withRequestBody(1L << 40),
                        () -> limits.withRequestBody((1L << 40) + 1),
                        "1 TiB at most"),
                bound(
                        "path",
                        () -> ProgramRoute.of("/a/...", MODULE),
                        () -> ProgramRoute.of("", MODULE),
                        "a route cannot be empty"),
                bound(
                        "path above the root",
                        () -> ProgramRoute.of("/a/..", MODULE),
                        () -> ProgramRoute.of("/a/../..", MODULE),
                        "above the root"),
                bound(
                        "same path",
                        () -> one.with("/a/...", MODULE),
                        () -> one.with("/%61", MODULE),
                        "two programs at /%61"),
                bound(
                        "variable",
                        () -> route.withVariable("A", "="),
                        () -> route.withVariable("A=", ""),
                        "'A=' is not an environment variable"),
                bound(
                        "value",
                        () -> route.withVariable("A", "\n"),
                        () -> route.withVariable("A", "\0"),
                        "'A' is not an environment variable"),
                bound(
                        "guest path",
                        () -> new Folder("/", MODULE, false),
                        () -> new Folder("", MODULE, false),
                        "a volume needs a guest path"),
                bound(
                        "same guest path",
                        () -> route.with(new Folder("/d", Path.of("x"), false)),
                        () ->
                                route.with(new Folder("/d", Path.of("x"), false))
                                        .with(new Folder("/d", Path.of("y"), true)),
                        "one guest path"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bounds")
    void eachBoundHasTwoSides(String name, Callable<?> within, Callable<?> outside, String message)
            throws Exception {
        assertThat(within.call()).as(name).isNotNull();
        assertThatThrownBy(outside::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void valuesAreCopiedAndWithersKeepTheRest() {
        ProgramRoute route =
                ProgramRoute.of("/a", MODULE)
                        .with(Dialect.WAGI)
                        .withVariable("B", "1")
                        .withVariable("A", "2")
                        .with(RunLimits.DEFAULT.withMemory(1 << 20));
        Programs programs =
                Programs.of("/b", MODULE).with(route).withSlots(2).withCache(Path.of("cache"));

        assertThat(route.environment().keySet()).containsExactly("B", "A");
        assertThat(route.environment()).isUnmodifiable();
        assertThat(route.dialect()).isEqualTo(Dialect.WAGI);
        assertThat(programs.routes()).hasSize(2).isUnmodifiable().contains(route);
        assertThat(programs.slots()).isEqualTo(2);
        assertThat(programs.cache()).isEqualTo(Optional.of(Path.of("cache")));
        assertThat(Programs.of(Collections.emptyList()).slots()).isBetween(16, 4096);
    }
}
