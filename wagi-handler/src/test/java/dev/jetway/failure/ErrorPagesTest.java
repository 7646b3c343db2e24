package dev.jetway.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.failure.ErrorPages.Replacement.At;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorPagesTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 599})
    void anErrorCanBeReplaced(int status) {
        assertThat(new ErrorPages(Map.of(status, new At("/e"))).of(status)).contains(new At("/e"));
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 600})
    void anyOtherStatusCannotBeReplaced(int status) {
        assertThatThrownBy(() -> new ErrorPages(Map.of(status, new At("/e"))))
                .hasMessage(status + " is not the status of an error");
    }

    @Test
    void theNearerPagesWin() {
        var site = new ErrorPages(Map.of(404, new At("/site"), 500, new At("/site")));
        var route = new ErrorPages(Map.of(404, new At("/route")));

        assertThat(route.over(site).of(404)).contains(new At("/route"));
        assertThat(route.over(site).of(500)).contains(new At("/site"));
        assertThat(route.over(site).of(502)).isEmpty();
    }
}
