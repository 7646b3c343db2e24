package dev.jetway.server.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterpretedFunctionsTest {
    @Test
    void aModuleWithoutInterpretedFunctionsIsNotLogged() {
        assertThat(InterpretedFunctions.describe(List.of())).isEmpty();
    }

    @Test
    void functionsAreNamedUpToTheLimit() {
        assertThat(InterpretedFunctions.describe(Collections.nCopies(10, "function 1 f")))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("10 too large").doesNotContain("more"));
        assertThat(InterpretedFunctions.describe(Collections.nCopies(11, "function 1 f")))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("11 too").endsWith("and 1 more"));
    }
}
