package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LogTextTest {
    @Test
    void whatCouldForgeALineOrMoveATerminalIsEscaped() {
        assertThat(LogText.escape("a\r\nb\u001b[2J\u0085\u2028\u202e\\"))
                .isEqualTo("a\\u000d\\u000ab\\u001b[2J\\u0085\\u2028\\u202e\\\\");
    }

    @Test
    void textStaysAsItIs() {
        assertThat(LogText.escape("tschüß 日本 🙂")).isEqualTo("tschüß 日本 🙂");
    }
}
