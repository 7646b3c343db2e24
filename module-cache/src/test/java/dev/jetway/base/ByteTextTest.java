package dev.jetway.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "é", "안녕", "😀", "\ufffd", "a\tb"})
    void utf8IsItsCharacters(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(ByteText.decode(bytes, 0, bytes.length)).isEqualTo(text);
        assertThat(ByteText.encode(text)).isEqualTo(bytes);
    }

    @RepeatedTest(200)
    void anyBytesComeBack(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);

        String text = ByteText.decode(bytes, 0, bytes.length);

        assertThat(ByteText.encode(text)).isEqualTo(bytes);
        String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
        assertThat(ByteText.toLatin1(text)).isEqualTo(latin1);
        assertThat(ByteText.ofLatin1(latin1)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00c0\u00ae", "\u00e9", "\u00ed\u00a0\u0080", "\u00f8", "a\u0080b"})
    void whatIsNoUtf8StandsAsLoneSurrogates(String latin1) {
        String text = ByteText.ofLatin1(latin1);

        assertThat(text).hasSameSizeAs(latin1);
        for (int i = 0; i < text.length(); i++) {
            assertThat(ByteText.isEscape(text, i)).isEqualTo(latin1.charAt(i) > 0x7f);
        }
    }
}
