package dev.jetway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteTableTest {
    private static RouteTable<Routed> table(String... patterns) {
        return new RouteTable<>(
                Stream.of(patterns)
                        .<Routed>map(p -> TestRoute.routed(TestRoute.of(p, CgiRules.WAGI)))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        // path, its route, path of SCRIPT_NAME, path of PATH_INFO
        "/,            /,            /,      ''",
        "/foo,         /foo,         /foo,   ''",
        "/foo/,        /foo/...,     /foo,   /",
        "/foo/bar,     /foo/bar,     /foo/bar, ''",
        "/foo/bar/,    /foo/...,     /foo,   /bar/",
        "/foo/a/b,     /foo/a/...,   /foo/a, /b",
        "/foo/a,       /foo/a/...,   /foo/a, ''",
        "/foo/ab,      /foo/...,     /foo,   /ab",
        "/foobar,      /...,         '',     /foobar",
        "/Foo,         /...,         '',     /Foo",
        "/b%2Fc,       /...,         '',     /b%2Fc",
    })
    void anExactRouteWinsThenTheLongestPrefix(
            String path, String pattern, String script, String rest) {
        RouteTable<Routed> table = table("/...", "/", "/foo/...", "/foo", "/foo/a/...", "/foo/bar");

        RouteMatch match = table.find(path).orElseThrow().match();

        assertThat(match.route().pattern()).hasToString(pattern);
        assertThat(match.scriptPath()).isEqualTo(script);
        assertThat(match.pathInfo()).isEqualTo(rest);
        assertThat(match.scriptPath() + match.pathInfo()).isEqualTo(path);
    }

    @Test
    void aPathOutsideOfAllRoutesHasNone() {
        RouteTable<Routed> table = table("/foo", "/bar/...");

        assertThat(table.find("/")).isEmpty();
        assertThat(table.find("/foo/")).isEmpty();
        assertThat(table.find("/barn")).isEmpty();
        assertThat(table.find("/bar")).isPresent();
    }

    @Test
    void routesAreSortedByPrecedence() {
        assertThat(
                        Stream.of("/...", "/a/...", "/z", "/a/b/...", "/longer")
                                .map(RoutePattern::new)
                                .sorted(RoutePattern.PRECEDENCE))
                .extracting(RoutePattern::text)
                .containsExactly("/longer", "/z", "/a/b/...", "/a/...", "/...");
    }

    @Test
    void aMissingLeadingSlashIsAdded() {
        assertThat(new RoutePattern("foo/...")).isEqualTo(new RoutePattern("/foo/..."));
        assertThatThrownBy(() -> new RoutePattern(" "))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/foo/..., /foo,    true",
        "/foo/..., /foo/,   true",
        "/foo/..., /foobar, false",
        "/foo,     /foo/,   false",
        "/...,     /x,      true",
    })
    void aPatternMatchesAtSlashesOnly(String pattern, String path, boolean matches) {
        assertThat(table(pattern).find(path).isPresent()).isEqualTo(matches);
    }
}
