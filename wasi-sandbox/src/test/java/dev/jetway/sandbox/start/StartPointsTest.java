package dev.jetway.sandbox.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A start ends before its environment if that costs little, and at its last call otherwise. */
final class StartPointsTest {
    private static StartPoint point(int calls) {
        return new StartPoint(List.of("a", "b", "c").subList(0, calls), List.of(7));
    }

    @ParameterizedTest
    @CsvSource({"80, 100, 1", "79, 100, 2", "100, 100, 1", "0, 0, 2", "0, 10, 2", "1, 1, 1"})
    void theBestPoint(long before, long all, int calls) {
        var points = new StartPoints();
        points.add(point(1), before);
        points.environment();
        points.add(point(2), all);

        assertThat(points.best()).contains(point(calls));
        assertThat(points.last()).contains(point(2));
    }

    @Test
    void whatComesBeforeTheFirstQuestionCounts() {
        var points = new StartPoints();
        points.add(point(1), 90);
        points.environment();
        points.add(point(2), 95);
        points.environment();
        points.add(point(3), 100);

        assertThat(points.best()).contains(point(1));
    }

    @Test
    void withoutAPointBeforeThereIsTheLast() {
        var points = new StartPoints();
        assertThat(points.best()).isEmpty();
        points.environment();
        points.add(point(2), 100);

        assertThat(points.best()).contains(point(2));
    }
}
