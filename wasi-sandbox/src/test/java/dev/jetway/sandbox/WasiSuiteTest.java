package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of src/test/guests/suite.c, which state what programs may expect of WASI preview 1;
 * they include most assertions of WebAssembly/wasi-testsuite. docs/wasi.md tells how that suite
 * itself was run.
 */
final class WasiSuiteTest {
    private static final String SUITE = "suite.wasm";
    private static final ByteSize SCRATCH = ByteSize.ofMebibytes(32);
    private static final Sandbox SANDBOX = TestSandbox.open();

    @TempDir private Path folder;

    @AfterAll
    static void close() {
        SANDBOX.close();
    }

    static List<String> cases() throws Exception {
        return new GuestProgram(SUITE)
                .run(SANDBOX, "suite")
                .out()
                .lines()
                .filter(c -> !c.equals("read_only"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void suite_case_holds(String name) throws Exception {
        assertHolds(name, new GuestProgram(SUITE, new Volume("/tmp", folder)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void suite_caseHoldsInMemory(String name) throws Exception {
        assertHolds(
                name,
                new GuestProgram(SUITE).limited(l -> l.withFiles(l.files().withScratch(SCRATCH))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void suite_caseHoldsUnderAQuotaAndLeavesItRight(String name) throws Exception {
        var quota = new Quota(1L << 40, 1_000_000);
        quota.count(List.of(folder));

        assertHolds(name, new GuestProgram(SUITE, new Volume("/tmp", folder)).within(quota));
        var again = new Quota(1L << 40, 1_000_000);
        again.count(List.of(folder));
        assertThat(quota.usedBytes()).isEqualTo(again.usedBytes());
        assertThat(quota.usedFiles()).isEqualTo(again.usedFiles());
    }

    private static void assertHolds(String name, GuestProgram suite) throws Exception {
        GuestProgram.Result result =
                suite.with("A", "text")
                        .with("B", "escap \" ing")
                        .reading("input")
                        .run(SANDBOX, arguments(name));

        assertThat(result.err()).isEmpty();
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
    }

    private static String[] arguments(String name) {
        return name.equals("arguments")
                ? new String[] {"suite", name, "a", "\"b\""}
                : new String[] {"suite", name};
    }

    @Test
    void suite_readOnlyVolume_isNotChanged() throws Exception {
        Path guarded = Files.createDirectory(folder.resolve("guarded"));
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(guarded.resolve("file"), "content");
        Files.createDirectory(guarded.resolve("dir"));
        Files.writeString(other.resolve("other"), "other");
        var before = Files.getLastModifiedTime(guarded);

        GuestProgram.Result result =
                new GuestProgram(
                                SUITE,
                                new Volume("/tmp", guarded, true),
                                new Volume("/other", other))
                        .run(SANDBOX, "suite", "read_only");

        assertThat(result.err()).isEmpty();
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
        assertThat(guarded.resolve("file")).hasContent("content");
        assertThat(guarded).isDirectoryNotContaining("glob:**/new");
        assertThat(Files.getLastModifiedTime(guarded)).isEqualTo(before);
    }

    @Test
    void committedGuests_matchTheirSources() throws IOException, InterruptedException {
        Process check =
                new ProcessBuilder(
                                "../examples/build-c.sh",
                                GuestProgram.SOURCES.toString(),
                                "--check")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = check.waitFor();

        // 3: this machine has no toolchain for guests; .ci/run installs one.
        Assumptions.assumeTrue(code != 3, said);
        assertThat(said).isEmpty();
        assertThat(code).isZero();
    }
}
