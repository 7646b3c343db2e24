package dev.jetway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SubRoutesTest {
    @ParameterizedTest
    @CsvSource({
        "/,                   /exact,        /exact",
        "/exactparent,        /wildcard/..., /exactparent/wildcard/...",
        "/exactparentslash/,  /exact,        /exactparentslash/exact",
        "/wildcardparent/..., /exact,        /wildcardparent/exact",
        "/wildcardparent/..., exact,         /wildcardparent/exact",
        "/...,                /main,         /main",
    })
    void aSubPathIsJoinedToItsParent(String parent, String child, String joined) {
        ModuleRoute route =
                SubRoutes.parse(parent(parent, CgiRules.WAGI), child + " ep1\n").getFirst();

        assertThat(route.route().pattern()).hasToString(joined);
        assertThat(route.action().entrypoint()).isEqualTo("ep1");
    }

    @Test
    void emptyLinesAreSkipped() {
        assertThat(SubRoutes.parse(parent("/", CgiRules.WAGI), "\n/a  f\r\n\n /b\tg\n"))
                .extracting(r -> r.route().pattern().text() + " " + r.action().entrypoint())
                .containsExactly("/a f", "/b g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "/a f g", "  ", "/a f\n/b\n"})
    void aLineThatIsNotTwoWordsIsQuotedInTheError(String text) {
        assertThatThrownBy(() -> SubRoutes.parse(parent("/", CgiRules.WAGI), text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'_routes' printed a line that is not SUBPATH FUNCTION: '");
    }

    @Test
    void noRoutesAreAnError() {
        assertThatThrownBy(() -> SubRoutes.parse(parent("/", CgiRules.WAGI), "\n"))
                .hasMessage("'_routes' printed no routes");
    }

    @Test
    void theNumberOfRoutesIsBounded() {
        String exact = "/a f\n".repeat(SubRoutes.MAX_ROUTES);

        assertThat(SubRoutes.parse(parent("/", CgiRules.WAGI), exact))
                .hasSize(SubRoutes.MAX_ROUTES);
        assertThatThrownBy(() -> SubRoutes.parse(parent("/", CgiRules.WAGI), exact + "/a f\n"))
                .hasMessage("'_routes' printed more than 1000 routes");
    }

    private static ModuleRoute parent(String pattern, CgiRules rules) {
        return ModuleRoute.among(List.of(TestRoute.of(pattern, rules))).findFirst().orElseThrow();
    }
}
