package dev.jetway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTextTest {
    @ParameterizedTest
    @CsvSource({
        "/plain,        /plain",
        "/a%20b,        /a b",
        "/a+b,          /a+b",
        "/%C3%A9,       /é",
        "/%252e,        /%2e",
        "/%,            /%",
        "/%4,           /%4",
        "/%zz,          /%zz",
        "/%41%4a%4A,    /AJJ",
        "/%ff,          /\uDCFF",
    })
    void aPathIsDecodedOnce(String raw, String decoded) {
        assertThat(PathText.decode(raw)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/a/../b", "..", "/a\\..\\b", "/a\0b", "/a/.."})
    void pathsThatCouldSmuggleAreNotSafe(String decoded) {
        assertThat(PathText.isSafe(decoded)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a..b", "/...", "/a/b.c/", "/é"})
    void anyOtherPathIsSafe(String decoded) {
        assertThat(PathText.isSafe(decoded)).isTrue();
    }
}
