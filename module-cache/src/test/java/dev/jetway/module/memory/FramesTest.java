package dev.jetway.module.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import org.junit.jupiter.api.Test;

/** Frames of functions in pieces serve one call after the other. */
final class FramesTest {
    private final LinearMemory memory = new LinearMemory(new MemoryLimits(0));

    private long[] kept(int length) {
        long[] frame = new long[length];
        LinearMemory.keepFrame(frame, memory);
        return frame;
    }

    @Test
    void frameThatWasKept_servesTheNextCallThatItIsLongEnoughFor() {
        long[] frame = kept(20);

        assertThat(LinearMemory.frame(20, memory)).isSameAs(frame);
        assertThat(LinearMemory.frame(20, memory)).isNotSameAs(frame).hasSize(20);

        kept(20);
        assertThat(LinearMemory.frame(21, memory)).hasSize(21);
        assertThat(LinearMemory.frame(1, memory)).hasSize(1);
    }

    @Test
    void frameOf128NumbersIsKept_aLongerOneIsNot() {
        long[] longest = kept(LinearMemory.LONGEST_FRAME);
        kept(LinearMemory.LONGEST_FRAME + 1);

        assertThat(LinearMemory.frame(1, memory)).isSameAs(longest).hasSize(128);
        assertThat(LinearMemory.frame(1, memory)).hasSize(1);
    }

    @Test
    void sixteenFramesAreKept_theNextOneIsNot() {
        for (int i = 0; i < LinearMemory.FRAMES; i++) {
            kept(100);
        }
        kept(99);

        for (int i = 0; i < 16; i++) {
            assertThat(LinearMemory.frame(1, memory)).hasSize(100);
        }
        assertThat(LinearMemory.frame(1, memory)).hasSize(1);
    }

    @Test
    void callThatNeedsALongerFrameThanIsEverKept_leavesThoseThatAre() {
        long[] frame = kept(20);

        assertThat(LinearMemory.frame(LinearMemory.LONGEST_FRAME + 1, memory)).hasSize(129);
        assertThat(LinearMemory.frame(20, memory)).isSameAs(frame);

        kept(20);
        assertThat(LinearMemory.frame(LinearMemory.LONGEST_FRAME, memory)).hasSize(128);
        assertThat(LinearMemory.frame(1, memory)).hasSize(1);
    }
}
