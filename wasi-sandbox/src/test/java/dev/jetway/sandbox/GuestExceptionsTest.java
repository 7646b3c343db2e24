package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.Trapped;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions of guests: how they are caught, and the state afterwards. */
final class GuestExceptionsTest {
    private static final Path SOURCES = GuestProgram.SOURCES.resolve("exceptions");

    private static RunOutcome run(String guest) throws Exception {
        try (var sandbox = TestSandbox.open()) {
            return new GuestProgram(SOURCES.resolve(guest + ".wasm"))
                    .run(sandbox, "guest")
                    .report()
                    .outcome();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keeps-the-stack",
                "below-the-stack",
                "never-null",
                "two-of-one-tag",
                "tail-call",
                "never-reached"
            })
    void caught(String guest) throws Exception {
        assertThat(run(guest)).isEqualTo(new Exited(42));
    }

    @ParameterizedTest
    @CsvSource({
        "uncaught, uncaught exception with tag 0",
        "null, null exception reference",
        "many, an exception reference that is too old: the last 65536 can be thrown",
    })
    void notCaught_isATrapOfTheGuest(String guest, String reason) throws Exception {
        assertThat(run(guest)).isEqualTo(new Trapped(reason));
    }

    /** No class and no place in the host is shown. */
    @Test
    void reasonOfATrap_namesNothingOfTheHost() {
        assertThat(TrapReason.of(new ClassCastException("class dev.jetway.A cannot be cast")))
                .isEqualTo("trap");
        assertThat(TrapReason.of(new NullPointerException("because \"x\" is null")))
                .isEqualTo("a null reference");
    }
}
