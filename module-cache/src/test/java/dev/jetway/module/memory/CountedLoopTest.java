package dev.jetway.module.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Marks before a loop: how many turns it has, and which cards its stores need. */
final class CountedLoopTest {
    private static final int TRIES = 20_000;
    private static final int MOST_TURNS = 3_000;

    private final Random random = new Random(1);

    /** A number of any size, often near the ends of the signed or unsigned ones. */
    private int number() {
        int near = random.nextInt(9) - 4;
        return switch (random.nextInt(4)) {
            case 0 -> near;
            case 1 -> Integer.MIN_VALUE + near;
            default -> random.nextInt() >> random.nextInt(Integer.SIZE);
        };
    }

    /** The turns that a loop really has, or more than are tried. */
    private static long turns(int first, int step, LongPredicate goesOn) {
        int counter = first;
        long turns = 1;
        while (goesOn.test(counter) && turns <= MOST_TURNS) {
            counter += step;
            turns++;
        }
        return turns;
    }

    /** Nothing but the exact number, or all that can be if the counter begins again. */
    private static void check(long found, long turns) {
        if (turns <= MOST_TURNS) {
            assertThat(found).isIn(turns, CountedLoop.MANY);
        } else {
            assertThat(found).isGreaterThan(MOST_TURNS);
        }
    }

    @Test
    void untilEqual() {
        int exact = 0;
        for (int i = 0; i < TRIES; i++) {
            int first = number();
            int step = number();
            int end = random.nextBoolean() ? number() : first + step * random.nextInt(MOST_TURNS);
            if (step != 0) {
                long turns = turns(first, step, counter -> counter != end);
                long found = CountedLoop.turnsUntilEqual(first, end, step);
                check(found, turns);
                exact += found == turns ? 1 : 0;
            }
        }
        assertThat(exact).isGreaterThan(TRIES / 5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void untilReached(boolean unsigned) {
        LongUnaryOperator value = n -> unsigned ? Integer.toUnsignedLong((int) n) : n;
        int exact = 0;
        for (int i = 0; i < TRIES; i++) {
            int first = number();
            int step = number();
            int end = number();
            int equal = random.nextInt(2);
            if (step != 0) {
                long last = value.applyAsLong(end);
                LongPredicate goesOn =
                        step > 0
                                ? counter -> value.applyAsLong(counter) < last + equal
                                : counter -> value.applyAsLong(counter) > last - equal;
                long turns = turns(first, step, goesOn);
                long found =
                        unsigned
                                ? CountedLoop.turnsUntilReachedUnsigned(first, end, step, equal)
                                : CountedLoop.turnsUntilReached(first, end, step, equal);
                check(found, turns);
                exact += found == turns ? 1 : 0;
            }
        }
        assertThat(exact).isGreaterThan(TRIES / 3);
    }

    @ParameterizedTest
    @CsvSource({
        // Signed counters at their ends: the last one that can be reached, and one that cannot.
        "2147483640, 2147483647, 1, 0, 8",
        "2147483640, 2147483647, 1, 1, 4294967296",
        "2147483640, 2147483647, 7, 0, 2",
        "2147483640, 2147483647, 8, 0, 4294967296",
        "-2147483647, -2147483648, -1, 0, 2",
        "-2147483647, -2147483648, -1, 1, 4294967296",
        "5, 5, 1, 0, 1",
        "5, 5, 1, 1, 2",
        "6, 5, 1, 1, 1",
    })
    void ends(int first, int end, int step, int equal, long turns) {
        assertThat(CountedLoop.turnsUntilReached(first, end, step, equal)).isEqualTo(turns);
    }

    @ParameterizedTest
    @CsvSource({
        // Base, from, to, step, turns; the cards of two pages.
        "0, 0, 0, 4, 1, 0, 0",
        "0, 0, 0, 4, 1024, 0, 0",
        "0, 0, 0, 4, 1025, 0, 1",
        "4095, 0, 1, 0, 1, 0, 1",
        "8192, 0, 0, -4, 1, 2, 2",
        "8192, 0, 0, -4, 2, 1, 2",
        "8192, 0, 0, -4, 4294967296, 0, 2",
        "8192, 0, 0, 4, 4294967296, 2, 31",
        "131071, 0, 0, 1, 1, 31, 31",
        "131071, 0, 9, 1, 9, 31, 31",
        "-4, 0, 8, 0, 1, 0, 0",
        "-4, 4096, 4096, 0, 1, 0, 0",
        "-4, 4100, 4100, 0, 1, 1, 1",
    })
    void marksEachCard(int base, int from, int to, int step, long turns, int first, int last) {
        var memory = new LinearMemory(new MemoryLimits(2, 3));

        CountedLoop.mark(memory, base, from, to, step, turns);

        for (int card = 0; card < memory.cards.length; card++) {
            assertThat(memory.cards[card] != 0)
                    .as("card %d", card)
                    .isEqualTo(card >= first && card <= last);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "131072, 0, 0, 0, 1",
        "131072, 0, 0, 4, 9",
        "-4, 0, 3, 0, 1",
        "-2147483648, 0, 0, 4, 9",
        "-2147483648, 0, 2147475455, -4096, 4294967296",
        "2147483647, 0, 4096, 4096, 4294967296",
    })
    void beyondTheMemory_marksNothing(int base, int from, int to, int step, long turns) {
        var memory = new LinearMemory(new MemoryLimits(2, 3));

        CountedLoop.mark(memory, base, from, to, step, turns);

        assertThat(memory.cards).containsOnly((short) 0);
    }
}
