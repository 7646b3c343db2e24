package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PreloadTest {
    @Test
    void default_smallConfiguration_isAll_largeOne_isUsed() {
        assertThat(Preload.standard(100)).isEqualTo(Preload.ALL);
        assertThat(Preload.standard(101)).isEqualTo(Preload.USED);
    }
}
