package dev.jetway.module.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFormTest {
    private static boolean matches(String text) {
        return TextForm.matches(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(module)",
                "(",
                " \t\r\n(func)",
                ";; line\n(module)",
                "(; block ;)(module)",
                "(; nested (; block ;) ;) ;; line\n\n  (module)",
                ";; grüß\n(module)"
            })
    void aParenthesisAfterSpaceAndCommentsIsText(String text) {
        assertThat(matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "#!/bin/sh\n(",
                ";; only a comment",
                "; (module)",
                "(; block ;) x",
                "(; open",
                "(; nested (; block ;) (module)",
                "<html>"
            })
    void anythingElseIsNot(String text) {
        assertThat(matches(text)).isFalse();
    }

    @Test
    void whatIsNotUtf8IsNotText() {
        assertThat(TextForm.matches(new byte[] {'(', (byte) 0xc3, '('})).isFalse();
    }
}
