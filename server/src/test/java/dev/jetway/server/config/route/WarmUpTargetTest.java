package dev.jetway.server.config.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.route.RoutePattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WarmUpTargetTest {
    @ParameterizedTest
    @CsvSource({"/a, /a", "/a, /a?x=1", "/a/..., /a", "/a/..., /a/b?c/d", "/..., /", "/, /?q"})
    void whatTheRouteAnswersIsTakenAsItIs(String pattern, String target) {
        assertThat(WarmUpTarget.parse(target, new RoutePattern(pattern))).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"/user/:id, /user/42?q", "/user/:id, /user/42/", "/, /", "/a/..., /a/b"})
    void whatARouteOfSpinAnswersIsTaken(String route, String target) {
        assertThat(WarmUpTarget.parse(target, RoutePattern.ofSpin("/", route))).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"/user/:id, /user/", "/user/:id, /user/1/2", "/, /a", "/..., /../a"})
    void whatItDoesNotAnswerIsRefused(String route, String target) {
        assertThatThrownBy(() -> WarmUpTarget.parse(target, RoutePattern.ofSpin("/", route)))
                .hasMessageContaining("is not a path that");
    }

    @Test
    void itsLengthIsBounded() {
        var all = new RoutePattern("/...");
        String most = "/" + "a".repeat(WarmUpTarget.MAX_LENGTH - 1);

        assertThat(WarmUpTarget.parse(most, all)).isEqualTo(most);
        assertThatThrownBy(() -> WarmUpTarget.parse(most + "a", all))
                .hasMessage("is longer than 2048 characters");
    }
}
