package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.util.MemoryUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownAnswersTest {
    @BeforeEach
    @AfterEach
    void forget() {
        System.clearProperty(KnownAnswers.CACHE_LINE);
        System.clearProperty(KnownAnswers.LOCALES);
    }

    @Test
    void jettyIsToldWhatItWouldFindOut() {
        int found = MemoryUtils.getReferencesPerCacheLine();

        KnownAnswers.give();

        assertThat(Integer.getInteger(KnownAnswers.CACHE_LINE)).isEqualTo(found);
    }

    @Test
    void theJdkLooksForNoLanguages() {
        KnownAnswers.give();

        assertThat(System.getProperty(KnownAnswers.LOCALES)).isEqualTo(KnownAnswers.NO_LOCALES);
    }

    @ParameterizedTest
    @ValueSource(strings = {KnownAnswers.CACHE_LINE, KnownAnswers.LOCALES})
    void theCommandLineKnowsBetter(String question) {
        System.setProperty(question, "32");

        KnownAnswers.give();

        assertThat(System.getProperty(question)).isEqualTo("32");
    }
}
