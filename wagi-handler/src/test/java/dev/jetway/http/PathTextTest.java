package dev.jetway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTextTest {
    @ParameterizedTest
    @CsvSource({
        "/,          /",
        "/a/b,       /a/b",
        "/a/./b,     /a/b",
        "/a/../b,    /b",
        "/a/b/..,    /a/",
        "/a/b/.,     /a/b/",
        "/a//b/../c, /a//c",
        "/.hidden,   /.hidden",
        "/a/...,     /a/...",
        "/..a/b,     /..a/b",
    })
    void dotSegmentsAreRemoved(String path, String expected) {
        assertThat(PathText.withoutDotSegments(path)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/../", "/a/../..", "/a/../../b"})
    void aPathAboveTheRootIsNone(String path) {
        assertThat(PathText.withoutDotSegments(path)).isEmpty();
    }

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
        "/%ff,          /\uFFFD",
    })
    void aPathIsDecodedOnce(String raw, String decoded) {
        assertThat(PathText.decode(raw)).isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/a/../b", "..", "/a\\..\\b", "/a\0b", "/a/.."})
    void whatCouldSmuggleIsNotSafe(String decoded) {
        assertThat(PathText.isSafe(decoded)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a..b", "/...", "/a/b.c/", "/é"})
    void anythingElseIsSafe(String decoded) {
        assertThat(PathText.isSafe(decoded)).isTrue();
    }
}
