package dev.jetway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes as Spin reads them: the cases of its router's documentation, and their neighbours. */
final class SpinRoutesTest {
    private static RouteTable<Routed> table(RoutePattern... patterns) {
        Route any = TestRoute.of("/", CgiRules.SPIN);
        return new RouteTable<>(
                Stream.of(patterns)
                        .<Routed>map(p -> TestRoute.routed(any.with(p, any.action())))
                        .toList());
    }

    private static RoutePattern[] spin(String... routes) {
        return Stream.of(routes)
                .map(route -> RoutePattern.ofSpin("/", route))
                .toArray(RoutePattern[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        // path, its route, the part that names the program, the rest
        "/,               /,                '',        /",
        "/one,            /one,             /one,      ''",
        "/one/,           /one,             /one,      /",
        "/one/x,          /one/...,         /one,      /x",
        "/one/two/three/four, /one/two/three/..., /one/two/three, /four",
        "/one/two,        /one/two/...,     /one/two,  ''",
        "/u/42,           /u/:id,           /u/42,     ''",
        "/u/42/,          /u/:id,           /u/42,     /",
        "/u/me,           /u/me,            /u/me,     ''",
        "/u/42/edit,      /u/:id/edit,      /u/42/edit, ''",
        "/u/me/edit,      /u/:id/edit,      /u/me/edit, ''",
        "/u/42/x/y,       /u/:id/...,       /u/42,     /x/y",
        "/u,              /...,             '',        /u",
        "/u/,             /...,             '',        /u/",
        "/One,            /...,             '',        /One",
        "/b%2Fc,          /...,             '',        /b%2Fc",
    })
    void aWrittenSegmentWinsThenANamedOneThenTheLongestWildcard(
            String path, String route, String script, String rest) {
        RouteTable<Routed> table =
                table(
                        spin(
                                "/...",
                                "/u/:id/...",
                                "/one/...",
                                "/u/:id",
                                "/u/:id/edit",
                                "/one/two/three/...",
                                "/one/two/...",
                                "/one",
                                "/u/me",
                                "/"));

        RouteMatch match = table.find(path).orElseThrow().match();

        assertThat(match.route().pattern()).hasToString(route);
        assertThat(match.scriptPath()).isEqualTo(script);
        assertThat(match.pathInfo()).isEqualTo(rest);
    }

    @Test
    void aPathOutsideOfAllRoutesHasNone() {
        RouteTable<Routed> table = table(spin("/a/:b", "/c", "/d/..."));

        assertThat(List.of("/", "/a", "/a/", "/a/b/c", "/c/x", "/c//", "/dd"))
                .allMatch(path -> table.find(path).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "/,     foo,      /foo,        /foo,     false",
        "/,     /foo/,    /foo,        /foo,     false",
        "/base, /foo,     /base/foo,   /base/foo, false",
        "/base/, /...,    /base/...,   /base,    true",
        "base,  '',       /base,       /base,    false",
        "'',    /,        /,           '',       false",
        "/,     /foo/*,   /foo/*,      /foo,     true",
        "/,     /a b/..., /a b/...,    /a%20b,   true",
        "/,     /%66oo,   /%66oo,      /foo,     false",
    })
    void baseAndRouteAreJoinedAsInSpin(
            String base, String route, String text, String path, boolean prefix) {
        RoutePattern pattern = RoutePattern.ofSpin(base, route);

        assertThat(pattern).hasToString(text);
        assertThat(pattern.path()).isEqualTo(path);
        assertThat(pattern.isPrefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/:,        is not the name of a segment",
        "/a/:b.json,  is not the name of a segment",
        "/a/:b c,     is not the name of a segment",
        "/:a/:A,      each name once",
        "/a/*/b,      only at its end",
        "/a/x*,       only at its end",
        "/a/.../b,    only at its end",
        "/.../...,    only at its end",
        "/../a,       lead above the root",
        "/a%2Fb,      encoded slash",
        "/a%00,       NUL",
    })
    void aRouteThatNoRequestCouldReachIsRefused(String route, String reason) {
        assertThatThrownBy(() -> RoutePattern.ofSpin("/", route))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aNameOf64LettersIsTaken() {
        String name = ":" + "a".repeat(64);

        assertThat(RoutePattern.ofSpin("/", name).path()).isEqualTo("/" + name);
        assertThatThrownBy(() -> RoutePattern.ofSpin("/", name + "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aColonIsALetterInOtherRoutes() {
        RouteTable<Routed> table = table(new RoutePattern("/a/:b"), new RoutePattern("/a/b/..."));

        assertThat(table.find("/a/x")).isEmpty();
        assertThat(table.find("/a/:b")).isPresent();
    }

    @Test
    void routesOfBothKindsStandInOneTable() {
        var patterns = new ArrayList<>(List.of(spin("/a/:b", "/c", "/...")));
        for (String route : List.of("/a/b/...", "/c/", "/d/:x")) {
            patterns.add(new RoutePattern(route));
        }
        RouteTable<Routed> table = table(patterns.toArray(RoutePattern[]::new));

        assertThat(List.of("/a/b", "/a/c", "/c", "/c/", "/d/y", "/d/:x"))
                .extracting(path -> table.find(path).orElseThrow().match().route().pattern().text())
                .containsExactly("/a/b/...", "/a/:b", "/c", "/c/", "/...", "/d/:x");
    }

    @ParameterizedTest
    @CsvSource({
        "/u/:id,  /u/:name,  true",
        "/u/:id,  /u/:id/,   true",
        "/...,    /*,        true",
        "/,       '',        true",
        "/u/:id,  /u/id,     false",
        "/u,      /u/...,    false",
        "/,       /...,      false",
    })
    void patternsThatMatchTheSamePathsHaveOneShape(String one, String other, boolean same) {
        String shape = RoutePattern.ofSpin("/", other).shape();

        assertThat(RoutePattern.ofSpin("/", one).shape().equals(shape)).isEqualTo(same);
    }

    @Test
    void shapesOfBothKindsAreEqualForThePathsThatBothMatch() {
        assertThat(new RoutePattern("/").shape()).isEqualTo(RoutePattern.ofSpin("/", "/").shape());
        assertThat(new RoutePattern("/...").shape())
                .isEqualTo(RoutePattern.ofSpin("/", "/...").shape());
        assertThat(new RoutePattern("/a/:b").shape())
                .isNotEqualTo(RoutePattern.ofSpin("/", "/a/:b").shape());
    }
}
