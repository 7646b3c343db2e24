package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.util.MemoryUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KnownAnswersTest {
    @BeforeEach
    @AfterEach
    void forget() {
        System.clearProperty(KnownAnswers.CACHE_LINE);
    }

    @Test
    void jettyIsToldWhatItWouldFindOut() {
        int found = MemoryUtils.getReferencesPerCacheLine();

        KnownAnswers.give();

        assertThat(Integer.getInteger(KnownAnswers.CACHE_LINE)).isEqualTo(found);
    }

    @Test
    void theCommandLineKnowsBetter() {
        System.setProperty(KnownAnswers.CACHE_LINE, "32");

        KnownAnswers.give();

        assertThat(Integer.getInteger(KnownAnswers.CACHE_LINE)).isEqualTo(32);
    }
}
