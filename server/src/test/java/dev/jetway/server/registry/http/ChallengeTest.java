package dev.jetway.server.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChallengeTest {
    @Test
    void best_aToken_comesBeforeAPassword() {
        assertThat(
                        Challenge.best(
                                List.of(
                                        "Basic realm=\"r\", bearer realm=\"https://a/t\",service=s,"
                                                + " scope=\"x:y:pull\"")))
                .contains(
                        new Challenge(
                                "bearer",
                                Map.of(
                                        "realm", "https://a/t",
                                        "service", "s",
                                        "scope", "x:y:pull")));
        assertThat(Challenge.best(List.of("Negotiate", "BASIC")))
                .contains(new Challenge("basic", Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Negotiate", "Digest realm=\"r\"", "Bearerx realm=\"r\"", ","})
    void best_whatIsNotKnown_isNone(String field) {
        assertThat(Challenge.best(List.of(field))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 4097})
    void best_aLongField_isNotRead(int length) {
        String field = "Basic realm=\"" + "r".repeat(length - 14) + "\"";

        assertThat(Challenge.best(List.of(field)).isPresent()).isEqualTo(length == 4096);
    }
}
