package dev.jetway.server.config.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
    @ParameterizedTest
    @CsvSource({
        // pattern,    path,          in files, in exclude_files
        "a.txt,        a.txt,         true,     true",
        "a.txt,        b/a.txt,       false,    false",
        "*,            a.txt,         true,     true",
        "*,            a/b,           false,    true",
        "*.txt,        a.txt,         true,     true",
        "*.txt,        a/b.txt,       false,    true",
        "*.txt,        a.png,         false,    false",
        "a/*,          a/b,           true,     true",
        "a/*,          a/b/c,         false,    true",
        "a/*,          a,             false,    false",
        "*/b,          a/b,           true,     true",
        "?.txt,        a.txt,         true,     true",
        "?.txt,        aa.txt,        false,    false",
        "a?b,          a/b,           false,    true",
        "**/*,         a,             true,     true",
        "**/*,         a/b/c,         true,     true",
        "**/*.txt,     a.txt,         true,     true",
        "**/*.txt,     a/b/c.txt,     true,     true",
        "a/**/b,       a/b,           true,     true",
        "a/**/b,       a/x/y/b,       true,     true",
        "a/**/b,       a/xb,          false,    false",
        "a/**/b,       ab,            false,    false",
        "a/**,         a/b/c,         true,     true",
        "**,           a/b,           true,     true",
        "[ab].txt,     b.txt,         true,     true",
        "[a-c].txt,    b.txt,         true,     true",
        "[a-c].txt,    d.txt,         false,    false",
        "[!a-c].txt,   d.txt,         true,     true",
        "[!a-c].txt,   b.txt,         false,    false",
        "a[!x]b,       a/b,           false,    true",
        "[]].txt,      ].txt,         true,     true",
        "[a-].txt,     -.txt,         true,     true",
        "[*].txt,      *.txt,         true,     true",
        "{a}.txt,      {a}.txt,       true,     true",
        "*,            .hidden,       true,     true",
        "A.txt,        a.txt,         false,    false",
        "*a*b*,        xxaxxbxx,      true,     true",
        "*a*b*,        xxbxxaxx,      false,    false",
    })
    void matches_aWholePath_asInSpin(
            String pattern, String path, boolean inFiles, boolean excluded) {
        assertThat(Glob.ofFiles(pattern).matches(path)).isEqualTo(inFiles);
        assertThat(Glob.ofExcluded(pattern).matches(path)).isEqualTo(excluded);
    }

    @ParameterizedTest
    @CsvSource({
        "a**,    must stand alone",
        "**b,    must stand alone",
        "a/***,  must stand alone",
        "[a,     has no ']'",
        "[],     has no ']'",
        "[!],    has no ']'",
    })
    void of_invalidPatterns_areRefused(String pattern, String reason) {
        assertThatThrownBy(() -> Glob.ofFiles(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void of_theLength_isBounded() {
        String most = "a".repeat(Glob.MAX_LENGTH);

        assertThat(Glob.ofFiles(most).matches(most)).isTrue();
        assertThatThrownBy(() -> Glob.ofFiles(most + "a"))
                .hasMessage("a pattern has at most 1024 characters");
    }

    @Test
    void matches_manyStars_takesNoExponentialTime() {
        Glob glob = Glob.ofFiles("*a".repeat(500) + "b");
        String path = "a".repeat(4000);

        assertThat(
                        Assertions.assertTimeoutPreemptively(
                                Duration.ofSeconds(20), () -> glob.matches(path)))
                .isFalse();
    }
}
