package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class BoundedBytesTest {
    @Test
    void asMuchAsTheLimitIsTaken() throws Exception {
        var bytes = new BoundedBytes(3);

        bytes.write(new byte[] {9, 1, 2, 9}, 1, 2);
        bytes.write(3);

        assertThat(bytes.toByteArray()).containsExactly(1, 2, 3);
        assertThat(bytes.exceeded()).isFalse();
    }

    @Test
    void oneByteMoreIsAnErrorAndNothingOfItIsTaken() throws Exception {
        var bytes = new BoundedBytes(3);
        bytes.write(new byte[] {1, 2});

        assertThatThrownBy(() -> bytes.write(new byte[] {3, 4}))
                .isInstanceOf(IOException.class)
                .hasMessage("more than 3 bytes");
        assertThat(bytes.toByteArray()).containsExactly(1, 2);
        assertThat(bytes.exceeded()).isTrue();
    }
}
