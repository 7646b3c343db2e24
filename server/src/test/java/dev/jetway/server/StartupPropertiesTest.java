package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.util.MemoryUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartupPropertiesTest {
    @BeforeEach
    @AfterEach
    void forget() {
        System.clearProperty(StartupProperties.CACHE_LINE);
        System.clearProperty(StartupProperties.LOCALES);
    }

    @Test
    void jettysProbesAreSkipped() {
        int found = MemoryUtils.getReferencesPerCacheLine();

        StartupProperties.give();

        assertThat(Integer.getInteger(StartupProperties.CACHE_LINE)).isEqualTo(found);
    }

    @Test
    void localeDataIsNotLoaded() {
        StartupProperties.give();

        assertThat(System.getProperty(StartupProperties.LOCALES))
                .isEqualTo(StartupProperties.NO_LOCALES);
    }

    @ParameterizedTest
    @ValueSource(strings = {StartupProperties.CACHE_LINE, StartupProperties.LOCALES})
    void theCommandLineTakesPrecedence(String question) {
        System.setProperty(question, "32");

        StartupProperties.give();

        assertThat(System.getProperty(question)).isEqualTo("32");
    }
}
