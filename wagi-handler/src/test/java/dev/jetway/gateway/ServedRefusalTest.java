package dev.jetway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.failure.ErrorResponse;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.CgiRules;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.TestRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServedRefusalTest {
    @ParameterizedTest
    @CsvSource({
        "NOTHING_HERE, 404, no-route",
        "SUSPENDED, 503, site",
        "BROKEN, 503, site",
    })
    void eachReasonHasItsStatus(Refuse.Reason reason, int status, String outcome) {
        var refuse = new Refuse(reason);
        Route route = TestRoute.of("/...", CgiRules.CGI).with(new RoutePattern("/..."), refuse);

        ErrorResponse response = ErrorResponse.of(new ServedRefusal(route, refuse).failure());

        assertThat(response.status()).isEqualTo(status);
        assertThat(response.outcome()).hasToString(outcome);
    }
}
