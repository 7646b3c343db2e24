package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArrivalTest {
    private static final long SELECTED = 7;
    private static final long NOW = 9;

    @ParameterizedTest
    @CsvSource({
        // readable, begun, answered at the selection, begun at the request, its time
        "true, 0, 0, 1, 7",
        "true, 5, 5, 6, 7",
        // The second request of a pipeline may have come after the selection.
        "true, 5, 5, 7, 9",
        // The bytes may be of a body.
        "true, 5, 4, 6, 9",
        // Only the end of a write was selected.
        "false, 5, 5, 6, 9",
    })
    void time_isThatOfTheSelectionOfTheFirstBytes(
            boolean readable, long begun, long answered, long request, long time) {
        var arrival = new Arrival();

        arrival.selected(readable, begun, answered, SELECTED);

        assertThat(arrival.of(request, NOW)).isEqualTo(time);
    }

    @Test
    void laterSelection_takesThePlaceOfTheOneBefore() {
        var arrival = new Arrival();
        arrival.selected(true, 0, 0, SELECTED);

        arrival.selected(true, 0, 0, SELECTED + 1);
        assertThat(arrival.of(1, NOW)).isEqualTo(SELECTED + 1);

        arrival.selected(false, 0, 0, SELECTED + 1);
        assertThat(arrival.of(1, NOW)).isEqualTo(NOW);
    }

    @Test
    void newConnectionAndOneThatHadABody_tellNothing() {
        var arrival = new Arrival();
        assertThat(arrival.of(1, NOW)).isEqualTo(NOW);

        arrival.forget();
        arrival.selected(true, 1, 1, SELECTED);
        assertThat(arrival.of(2, NOW)).isEqualTo(NOW);
    }
}
