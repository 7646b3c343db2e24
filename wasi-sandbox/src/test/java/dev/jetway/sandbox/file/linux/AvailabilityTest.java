package dev.jetway.sandbox.file.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AvailabilityTest {
    @ParameterizedTest
    @CsvSource({
        "Windows 11, amd64, 'volumes need Linux, this is Windows 11'",
        "Mac OS X, aarch64, 'volumes need Linux, this is Mac OS X'",
        "Linux, riscv64, 'volumes need x86-64 or aarch64, this is riscv64'",
    })
    void reason_otherSystem_isNamed(String system, String architecture, String reason) {
        assertThat(Availability.reason(system, architecture)).hasValue(reason);
    }

    @ParameterizedTest
    @CsvSource({"amd64", "aarch64", "AArch64"})
    void reason_linux_isNone(String architecture) {
        assertThat(Availability.reason("Linux", architecture)).isEmpty();
    }

    @Test
    void here_isWhatTheseTestsRunOn() {
        assertThat(HostFiles.unavailable()).isEmpty();
    }
}
