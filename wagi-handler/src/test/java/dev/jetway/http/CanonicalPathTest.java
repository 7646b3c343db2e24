package dev.jetway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanonicalPathTest {
    @ParameterizedTest
    @CsvSource({
        "/,                 /",
        "/a/b,              /a/b",
        "/a/./b,            /a/b",
        "/a/../b,           /b",
        "/a/b/..,           /a/",
        "/a/b/.,            /a/b/",
        "/a//b/../c,        /a/c",
        "//,                /",
        "//a///b//,         /a/b/",
        "/.hidden,          /.hidden",
        "/a/...,            /a/...",
        "/..a/b,            /..a/b",
        "/%61/%7E,          /a/~",
        "/%2e/a,            /a",
        "/a/%2E%2e/b,       /b",
        "/%252e%252e/a,     /%252e%252e/a",
        "/a%2fb,            /a%2Fb",
        "/a%3bb%40%2B,      /a;b@+",
        "/a b,              /a%20b",
        "/a%20b%22,         /a%20b%22",
        "/a\\b,             /a%5Cb",
        "/é,                /%C3%A9",
        "/%c3%a9,           /%C3%A9",
        "/%e9,              /%E9",
        "/\uDCE9,           /%E9",
        "/😀,               /%F0%9F%98%80",
        "/%,                /%25",
        "/100%zz,           /100%25zz",
        "/%00,              /%00",
    })
    void allSpellingsHaveOneForm(String raw, String canonical) {
        assertThat(CanonicalPath.of(raw)).contains(canonical);
        assertThat(CanonicalPath.of(canonical)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/../", "/a/../..", "/a/../../b", "/%2e%2e", "/a/..//../b"})
    void aPathAboveTheRootIsNone(String path) {
        assertThat(CanonicalPath.of(path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/a%2Fb,         /a/b",
        "/a%2f..%2Fb,    /b",
        "/a/..%2Fb,      /b",
        "/%2Fa,          /a",
        "/a%252Fb,       /a%252Fb",
        "/a%2Fb/../c,    /c",
        "/a%2Fb/../c%2Fd, /c/d",
        "/a%2F../b,      /b",
        "/a%2F%2Fb%2F,   /a/b/",
        "/a%2F.%2Fb,     /a/b",
        "/a/b%2F..,      /a/",
        "/%%2Fa,         /%25/a",
    })
    void encodedSlashesMayBeSlashes(String raw, String canonical) {
        assertThat(CanonicalPath.withSlashesDecoded(raw)).contains(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "/foo/x,            /foo,  /x",
        "/%66oo/%78,        /foo,  /%78",
        "/foo/a/../x,       /foo,  /a/../x",
        "/foo/../foo/x,     /foo,  /x",
        "/a/../foo//x,      /foo,  //x",
        "/foo/.,            /foo,  /.",
        "/foo/x,            '',    /foo/x",
        "/foo/bar/x,        /foo/bar, /x",
    })
    void theRawPathInfoFollowsTheSegmentsOfTheScript(String raw, String script, String rest) {
        assertThat(CanonicalPath.rest(raw, script, false)).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource({
        "/foo%2Fx,            /foo,     %2Fx",
        "/a%2Fb/../foo/x,     /foo,     /x",
        "/a%2fb/../foo%2fx,   /foo,     %2fx",
        "/foo%2Fbar%2Fx/y,    /foo/bar, %2Fx/y",
        "/%2Ffoo/x%2Fy,       /foo,     /x%2Fy",
    })
    void theRawPathInfoMayHaveEncodedSlashesAsSlashes(String raw, String script, String rest) {
        assertThat(CanonicalPath.rest(raw, script, true)).isEqualTo(rest);
    }

    @Test
    void aLongPathTakesTimeThatGrowsWithItsLengthOnly() {
        String raw = "/a/..".repeat(100_000) + "/%61";

        assertThat(CanonicalPath.of(raw)).contains("/a");
        assertThat(CanonicalPath.rest(raw + "/x", "/a", false)).isEqualTo("/x");
    }
}
