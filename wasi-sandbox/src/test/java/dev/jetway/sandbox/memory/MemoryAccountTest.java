package dev.jetway.sandbox.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import org.junit.jupiter.api.Test;

final class MemoryAccountTest {
    private final MemoryAccount server = new MemoryAccount("server", new ByteSize(100));
    private final MemoryAccount one = server.part("site", new ByteSize(60));
    private final MemoryAccount two = server.part("site", new ByteSize(60));

    @Test
    void aPartHasWhatItsLimitSaysAndNoMore() {
        assertThat(one.reserve(60)).isEmpty();
        assertThat(one.reserve(1)).contains("site");
        assertThat(one.used()).isEqualTo(60);
        assertThat(server.used()).isEqualTo(60);
    }

    @Test
    void allPartsTogetherHaveWhatTheWholeHas() {
        assertThat(one.reserve(60)).isEmpty();
        assertThat(two.reserve(41)).contains("server");
        assertThat(two.used()).isZero();
        assertThat(two.reserve(40)).isEmpty();
        assertThat(server.used()).isEqualTo(100);
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        assertThat(one.reserve(60)).isEmpty();
        one.release(60);

        assertThat(server.used()).isZero();
        assertThat(two.reserve(60)).isEmpty();
    }
}
