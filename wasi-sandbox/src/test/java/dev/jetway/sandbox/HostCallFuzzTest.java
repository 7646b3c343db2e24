package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.sandbox.RunOutcome.Exited;
import dev.jetway.sandbox.RunOutcome.TimeLimitReached;
import dev.jetway.sandbox.RunOutcome.Trapped;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad arguments of host functions can do no worse than end the guest. */
final class HostCallFuzzTest {
    private static final ModuleCache MODULES =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private static final GuestLimits LIMITS =
            GuestLimits.DEFAULT.withWallTime(Duration.ofMillis(500));
    private static final String FAULT = "a pointer or length outside of the guest's memory";
    private static final int CALLS = 150;

    /** All functions with parameters. */
    private static final Map<String, String> FUNCTIONS = new TreeMap<>();

    static {
        String all =
                """
                args_get ii args_sizes_get ii environ_get ii environ_sizes_get ii
                clock_res_get ii clock_time_get iIi
                fd_advise iIIi fd_allocate iII fd_close i fd_datasync i fd_fdstat_get ii
                fd_fdstat_set_flags ii fd_fdstat_set_rights iII fd_filestat_get ii
                fd_filestat_set_size iI fd_filestat_set_times iIIi fd_pread iiiIi fd_prestat_get ii
                fd_prestat_dir_name iii fd_pwrite iiiIi fd_read iiii fd_readdir iiiIi
                fd_renumber ii fd_seek iIii fd_sync i fd_tell ii fd_write iiii
                path_create_directory iii path_filestat_get iiiii path_filestat_set_times iiiiIIi
                path_link iiiiiii path_open iiiiiIIii path_readlink iiiiii
                path_remove_directory iii path_rename iiiiii path_symlink iiiii
                path_unlink_file iii poll_oneoff iiii proc_raise i random_get ii
                sock_accept iii sock_recv iiiiii sock_send iiiii sock_shutdown ii
                """;
        String[] words = all.trim().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            FUNCTIONS.put(words[i], words[i + 1]);
        }
    }

    /** Numbers that are valid arguments, and a few invalid ones. */
    private static final long[] USUAL = {
        0, 0, 1, 1, 2, 3, 3, 3, 4, 5, 7, 8, 16, 16, 64, 100, 1024, 1025, 4096, 4097, 40_000
    };

    private static final long[] ODD = {
        65_528, 65_535, 65_536, 131_072, 1L << 30, (1L << 31) - 1, 1L << 31, -1, -2, -8, -4096
    };
    private static final double ODDS = 0.003;

    private static long number(Random random) {
        long[] numbers = random.nextDouble() < ODDS ? ODD : USUAL;
        return numbers[random.nextInt(numbers.length)];
    }

    @TempDir private Path folder;

    private RunOutcome run(String calls) throws Exception {
        var text = new StringBuilder("(module ");
        FUNCTIONS.forEach((name, parameters) ->
                text.append("(import \"wasi_snapshot_preview1\" \"")
                        .append(name)
                        .append("\" (func $")
                        .append(name)
                        .append(" (param")
                        .append(parameters.replace("i", " i32").replace("I", " i64"))
                        .append(") (result i32)))"));
        text.append("(memory (export \"memory\") 1)")
                // A path, a list of buffers.
                .append("(data (i32.const 0) \"file/../d\\00\\00\\00\\00\\00\\00\\00\")")
                .append("(data (i32.const 16) \"\\40\\00\\00\\00\\10\\00\\00\\00\")")
                .append("(func (export \"_start\")")
                .append(calls)
                .append("))");
        Path module = Files.writeString(folder.resolve("fuzz.wat"), text);
        Path volume = Files.createDirectories(folder.resolve("volume"));
        Files.writeString(volume.resolve("file"), "text");
        Program program =
                TestSandbox.program(
                        MODULES.load(new FileReference(module)).module(),
                        "_start",
                        LIMITS,
                        List.of(new Volume("/", volume)));
        try (var sandbox = TestSandbox.open()) {
            return sandbox.prepare(
                            program,
                            new Invocation(
                                    List.of("fuzz"),
                                    new LinkedHashMap<>(),
                                    InputStream.nullInputStream(),
                                    OutputStream.nullOutputStream(),
                                    OutputStream.nullOutputStream(),
                                    _ -> {}))
                    .execute()
                    .outcome();
        }
    }

    private static String call(String name, long... arguments) {
        var text = new StringBuilder("(drop (call $" + name);
        String parameters = FUNCTIONS.getOrDefault(name, "");
        for (int i = 0; i < parameters.length(); i++) {
            text.append(parameters.charAt(i) == 'i' ? " (i32.const " : " (i64.const ")
                    .append(parameters.charAt(i) == 'i' ? (int) arguments[i] : arguments[i])
                    .append(')');
        }
        return text.append("))").toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void guest_anyArguments_endsByItselfAtWorst(long seed) throws Exception {
        var random = new Random(seed);
        List<String> names = List.copyOf(FUNCTIONS.keySet());
        var calls = new StringBuilder();
        for (int i = 0; i < CALLS; i++) {
            String name = names.get(random.nextInt(names.size()));
            long[] arguments = new long[FUNCTIONS.getOrDefault(name, "").length()];
            Arrays.setAll(arguments, n -> number(random));
            calls.append(call(name, arguments));
        }

        RunOutcome outcome = run(calls.toString());

        if (outcome instanceof Trapped trapped) {
            assertThat(trapped.reason()).isEqualTo(FAULT);
        } else {
            assertThat(outcome).isIn(new Exited(0), new TimeLimitReached(LIMITS.wallTime()));
        }
    }

    @Test
    void guest_pointersAtTheEdgeOfItsMemory_trapOnlyBeyondIt() throws Exception {
        // The last eight bytes of the only page, then one byte later.
        assertThat(run(call("clock_time_get", 0, 0, 65_528))).isEqualTo(new Exited(0));
        assertThat(run(call("clock_time_get", 0, 0, 65_529))).isEqualTo(new Trapped(FAULT));
        assertThat(run(call("random_get", 65_530, 6))).isEqualTo(new Exited(0));
        assertThat(run(call("random_get", 65_530, 7))).isEqualTo(new Trapped(FAULT));
        assertThat(run(call("random_get", 1, -1))).isEqualTo(new Trapped(FAULT));
        assertThat(run(call("random_get", -1, 2))).isEqualTo(new Trapped(FAULT));
        assertThat(run(call("fd_readdir", 3, 65_500, 36, 0, 0))).isEqualTo(new Exited(0));
        assertThat(run(call("fd_readdir", 3, 65_500, 37, 0, 0))).isEqualTo(new Trapped(FAULT));
        assertThat(run(call("path_filestat_get", 3, 0, 0, 4, 65_472))).isEqualTo(new Exited(0));
        assertThat(run(call("path_filestat_get", 3, 0, 0, 4, 65_473)))
                .isEqualTo(new Trapped(FAULT));
    }

    @Test
    void guest_withoutMemory_traps() throws Exception {
        Path module =
                Files.writeString(
                        folder.resolve("bare.wat"),
                        "(module (import \"wasi_snapshot_preview1\" \"sched_yield\" (func $y (result"
                                + " i32))) (func (export \"_start\") (drop (call $y))))");
        Program program =
                TestSandbox.program(
                        MODULES.load(new FileReference(module)).module(),
                        "_start",
                        LIMITS,
                        List.of());
        try (var sandbox = TestSandbox.open()) {
            RunOutcome outcome =
                    sandbox.prepare(
                                    program,
                                    new Invocation(
                                            List.of(),
                                            new LinkedHashMap<>(),
                                            InputStream.nullInputStream(),
                                            OutputStream.nullOutputStream(),
                                            OutputStream.nullOutputStream(),
                                            _ -> {}))
                            .execute()
                            .outcome();
            assertThat(outcome).isEqualTo(new Trapped(FAULT));
        }
    }
}
