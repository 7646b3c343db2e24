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

    @Test
    void itsLengthIsBounded() {
        var all = new RoutePattern("/...");
        String most = "/" + "a".repeat(WarmUpTarget.MAX_LENGTH - 1);

        assertThat(WarmUpTarget.parse(most, all)).isEqualTo(most);
        assertThatThrownBy(() -> WarmUpTarget.parse(most + "a", all))
                .hasMessage("is longer than 2048 characters");
    }
}
