package dev.jetway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any text is a password file or is refused with the number of a line. */
final class PasswordFileFuzzTest {
    @FuzzTest(maxDuration = "10m")
    void anyTextIsReadOrRefused(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        try {
            PasswordFile file = PasswordFile.parse(text);
            assertThat(file.names()).noneMatch(name -> name.isEmpty() || name.contains(":"));
        } catch (PasswordFileException e) {
            assertThat(e.line()).isBetween(1, (int) text.lines().count());
        }
    }
}
