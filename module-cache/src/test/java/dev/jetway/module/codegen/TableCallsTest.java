package dev.jetway.module.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.junit.jupiter.api.Test;

/** The arrays of one module have a bound together; a module is known by its class. */
final class TableCallsTest {
    private static final int FUNCTIONS = 42;

    private static int entries(MethodHandles.Lookup module, int wanted) {
        TableCalls calls =
                TableCalls.of(
                        module,
                        "calls",
                        TableCalls.class,
                        0,
                        MethodType.methodType(void.class),
                        64,
                        FUNCTIONS,
                        Object.class);
        return ((Object[]) TableCalls.entries(module, "entries", Object[].class, calls, wanted))
                .length;
    }

    private static final class Full {
        static MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }
    }

    private static final class TooFull {
        static MethodHandles.Lookup lookup() {
            return MethodHandles.lookup();
        }
    }

    @Test
    void arrayThatFillsAllPlacesIsMade_andNoneAfterIt() {
        int places = TableCalls.MOST_PLACES - FUNCTIONS;

        assertThat(entries(Full.lookup(), places)).isEqualTo(places);
        assertThat(entries(Full.lookup(), 1)).isZero();
    }

    @Test
    void arrayWithOnePlaceTooManyIsEmpty_andSmallerOnesAreMade() {
        int places = TableCalls.MOST_PLACES - FUNCTIONS;

        assertThat(entries(TooFull.lookup(), places + 1)).isZero();
        assertThat(entries(TooFull.lookup(), 100)).isEqualTo(100);
    }
}
