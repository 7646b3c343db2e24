package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

public final class OpenedPartsTest {
    private final List<String> closed = new ArrayList<>();
    private final OpenedParts parts = new OpenedParts();

    private void open(String name) {
        parts.add(() -> closed.add(name));
    }

    private void openBroken(String name) {
        parts.add(() -> {
            closed.add(name);
            throw new IOException(name);
        });
    }

    @Test
    void partsAreClosedInReverse_onceEach() {
        open("first");
        open("second");

        parts.close();
        parts.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void aPartThatCannotBeClosed_doesNotKeepOthersOpen() {
        open("first");
        openBroken("second");
        openBroken("third");

        assertThatThrownBy(parts::close)
                .isInstanceOf(IllegalStateException.class)
                .satisfies(e ->
                        assertThat(e.getSuppressed())
                                .extracting(Throwable::getMessage)
                                .containsExactly("third", "second"));
        assertThat(closed).containsExactly("third", "second", "first");
    }

    @Test
    void laterFailures_areSuppressedExceptionsOfTheFirst() {
        openBroken("part");
        var failure = new IllegalArgumentException("the start failed");

        parts.closeAfter(failure);

        assertThat(failure.getSuppressed()).hasSize(1);
    }
}
