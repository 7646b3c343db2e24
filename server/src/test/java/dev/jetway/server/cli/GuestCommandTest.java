package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code jetway run}. */
final class GuestCommandTest {
    private static final String HEAD =
            """
            (module
              (import "wasi_snapshot_preview1" "@_sizes_get"
                (func $sizes (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "@_get"
                (func $get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write"
                (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read"
                (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (import "wasi_snapshot_preview1" "path_create_directory"
                (func $mkdir (param i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_prestat_dir_name"
                (func $name (param i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 32) "new")
              (func (export "_start")
            """;

    /** Prints arguments or environment as they lie in memory, with a NUL after each. */
    private static final String PRINT =
            """
                (drop (call $sizes (i32.const 0) (i32.const 4)))
                (drop (call $get (i32.const 1024) (i32.const 4096)))
                (i32.store (i32.const 0) (i32.const 4096))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
            """;

    @TempDir private Path folder;
    private CommandRun jetway = new CommandRun(Path.of(""), Path.of(""));

    @BeforeEach
    void start() {
        jetway =
                new CommandRun(folder, folder)
                        .with("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    private void guest(String body) throws IOException {
        guest("args", body);
    }

    private void guest(String texts, String body) throws IOException {
        Files.writeString(folder.resolve("g.wat"), HEAD.replace("@", texts) + body + "))");
    }

    private String printed() {
        return jetway.guestOut().replace('\0', '|');
    }

    @Test
    void run_words_goToTheGuestUntouched() throws IOException {
        guest(PRINT);

        assertThat(jetway.run("run", "g.wat", "--dir", "-x", "--", "a b", "--help", "@f")).isZero();
        assertThat(printed()).isEqualTo("g.wat|--dir|-x|--|a b|--help|@f|");
        assertThat(jetway.err()).isEmpty();
    }

    @Test
    void run_environment_hasOnlyTheGivenVariables() throws IOException {
        guest("environ", PRINT);
        jetway.with("HOME", "/home/me").with("SECRET", "x");

        assertThat(jetway.run("run", "--env", "A=b=c", "--env", "HOME", "--env=NONE", "g.wat"))
                .isZero();
        assertThat(printed()).isEqualTo("A=b=c|HOME=/home/me|");
    }

    @Test
    void run_cgi_givesAGetRequestThatOptionsChange() throws IOException {
        guest("environ", PRINT);

        assertThat(jetway.run("run", "--cgi", "--env", "QUERY_STRING=a=1", "g.wat")).isZero();
        assertThat(printed().split("\\|"))
                .contains(
                        "GATEWAY_INTERFACE=CGI/1.1",
                        "REQUEST_METHOD=GET",
                        "SCRIPT_NAME=/g.wat",
                        "QUERY_STRING=a=1");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "255, 255", "256, 255", "-1, 255"})
    void run_exitCode_isPassedOn(int code, int expected) throws IOException {
        guest("(call $exit (i32.const " + code + "))");

        assertThat(jetway.run("run", "g.wat")).isEqualTo(expected);
        assertThat(jetway.err()).isEmpty();
    }

    @Test
    void run_trap_isOneLineAnd134() throws IOException {
        guest("unreachable");

        assertThat(jetway.run("run", "g.wat")).isEqualTo(134);
        assertThat(jetway.err().lines()).hasSize(1).first().asString().contains("trap: ");
    }

    @Test
    void run_overItsTime_ends124() throws IOException {
        guest("(loop (br 0))");

        assertThat(jetway.run("run", "--timeout", "50ms", "g.wat")).isEqualTo(124);
        assertThat(jetway.err())
                .isEqualToIgnoringNewLines("jetway: the guest: ran longer than 50ms");
    }

    @Test
    @Timeout(10)
    void run_overItsTimeWhileItWaitsForInput_ends124() throws IOException {
        guest(
                "(i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 8))"
                        + "(drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))");
        try (var open = new PipedOutputStream();
                var silent = new Uninterruptible(open)) {
            jetway.reading(silent);
            assertThat(jetway.run("run", "--timeout", "50ms", "g.wat")).isEqualTo(124);
        }
    }

    /** As a terminal: an interrupt does not stop a read. */
    private static final class Uninterruptible extends PipedInputStream {
        Uninterruptible(PipedOutputStream from) throws IOException {
            super(from);
        }

        @Override
        public int read(byte[] to) throws IOException {
            while (true) {
                try {
                    return super.read(to);
                } catch (InterruptedIOException e) {
                    // As a terminal, which continues to wait.
                }
            }
        }
    }

    @Test
    void run_input_reachesTheGuest() throws IOException {
        guest(
                "(i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 8))"
                        + "(drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))"
                        + "(drop (call $write (i32.const 2) (i32.const 0) (i32.const 1) (i32.const 8)))");
        jetway.reading(new ByteArrayInputStream("input".getBytes(StandardCharsets.UTF_8)));

        assertThat(jetway.run("run", "g.wat")).isZero();
        assertThat(jetway.guestErr()).isEqualTo("input");
    }

    @Test
    void run_memory_isBounded() throws IOException {
        guest("(call $exit (i32.eq (memory.grow (i32.const 16)) (i32.const -1)))");

        assertThat(jetway.run("run", "--max-memory", "1088KiB", "g.wat")).isZero();
        assertThat(jetway.run("run", "--max-memory", "1087KiB", "g.wat")).isEqualTo(1);
    }

    @Test
    void run_folder_isMountedUnderItsNameAndMayBeReadOnly() throws IOException {
        Path host = Files.createDirectory(folder.resolve("host"));
        String mkdir = "(call $exit (call $mkdir (i32.const 3) (i32.const 32) (i32.const 3)))";
        guest(mkdir);
        assertThat(jetway.run("run", "--dir", "host::/data::ro", "g.wat")).isEqualTo(69);
        assertThat(host).isEmptyDirectory();
        assertThat(jetway.run("run", "--dir", "host::/data", "g.wat")).isZero();
        assertThat(host.resolve("new")).isDirectory();

        String name =
                "(drop (call $name (i32.const 3) (i32.const 64) (i32.const 9)))"
                        + "(i32.store (i32.const 0) (i32.const 64))"
                        + "(i32.store (i32.const 4) (i32.const 6))"
                        + "(drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))";
        guest(name);
        assertThat(jetway.run("run", "--dir=host", "g.wat")).isZero();
        assertThat(jetway.run("run", "--dir=host::/", "g.wat")).isZero();
        assertThat(printed()).isEqualTo("host||/|||||");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --dir=none g.wat | --dir 'none': there is no such folder
                    --dir=::/x g.wat | --dir '::/x': a folder needs a name on both sides
                    --dir=host:: g.wat | --dir 'host::': a folder needs a name on both sides
                    --dir=host::/x::rw g.wat | write HOST, HOST::GUEST or HOST::GUEST::ro
                    --env==x g.wat | --env '=x': there is no name
                    --timeout=1 g.wat | --timeout: '1' is not a time
                    --timeout=25h g.wat | a time limit lies between 1 ms and 24 h
                    --max-memory=1 g.wat | a memory limit lies between 64KiB and 2GiB
                    --max-memory=x g.wat | 'x' is not a size
                    none.wasm | jetway: none.wasm:
                    --bogus g.wat | jetway: Unknown option: '--bogus'
                    | jetway: Missing required parameter
                    """)
    void run_invalidArguments_areReportedWithCode2(String words, String message)
            throws IOException {
        Files.createDirectory(folder.resolve("host"));
        guest("");
        String line = words == null ? "run" : "run " + words;

        assertThat(jetway.run(line.split(" "))).isEqualTo(2);
        assertThat(jetway.err()).contains(message).hasLineCount(1);
    }

    @Test
    void run_withoutATimeLimit_isLimitedToADay() throws IOException {
        guest("");

        assertThat(new GuestOptions().limits().wallTime()).isEqualTo(Duration.ofHours(24));
        assertThat(jetway.run("run", "--timeout", "24h", "g.wat")).isZero();
    }

    @Test
    void run_snapshot0_saysWhatIsMissing() throws IOException {
        Files.writeString(
                folder.resolve("old.wat"),
                "(module (import \"wasi_unstable\" \"fd_write\" (func)) (func (export \"_start\")))");

        assertThat(jetway.run("run", "old.wat")).isEqualTo(2);
        assertThat(jetway.err())
                .contains("imports what nobody provides: wasi_unstable.fd_write")
                .contains("wasi_snapshot_preview1");
    }
}
