package dev.jetway.sandbox.file.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.OpenFlags;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Structs, numbers and functions of the C library, against its own headers. */
final class LayoutsTest {
    static final List<String> ARCHITECTURES = Layouts.ARCHITECTURES;

    /** A C library whose headers and functions may be on this machine. */
    enum Library {
        GLIBC("amd64", "gcc", "/lib/x86_64-linux-gnu/libc.so.6", ""),
        GLIBC_AARCH64(
                "aarch64", "aarch64-linux-gnu-gcc", "/usr/aarch64-linux-gnu/lib/libc.so.6", ""),
        // The last two folders have the kernel's headers.
        MUSL(
                "amd64",
                "gcc",
                "/usr/lib/x86_64-linux-musl/libc.so",
                "-nostdinc -isystem /usr/include/x86_64-linux-musl"
                        + " -idirafter /usr/include/x86_64-linux-gnu -idirafter /usr/include");

        private final String architecture;
        private final String compiler;
        private final String file;
        private final String options;

        Library(String architecture, String compiler, String file, String options) {
            this.architecture = architecture;
            this.compiler = compiler;
            this.file = file;
            this.options = options;
        }
    }

    private static Output run(List<String> command, String input)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }

    private record Output(int code, String text) {}

    private static Output compiled(Library library, String program)
            throws IOException, InterruptedException {
        String command = library.compiler + " " + library.options + " -fsyntax-only -x c -";
        return run(List.of(command.split(" +")), program);
    }

    private static void requirePresent(Library library) {
        assumeTrue(
                Files.exists(Path.of(library.file)) && onPath(library.compiler),
                "gcc, gcc-aarch64-linux-gnu with libc6-dev-arm64-cross, or musl-dev is missing");
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void table_headersOfTheLibrary_saySo(Library library) throws Exception {
        requirePresent(library);

        Output output = compiled(library, Layouts.assertions(library.architecture));

        assertThat(output.text()).isEmpty();
        assertThat(output.code()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void table_otherValue_doesNotCompile(Library library) throws Exception {
        requirePresent(library);
        String wrong = Layouts.assertions(library.architecture).replace("== 332", "== 333");

        Output output = compiled(library, wrong.replace("== 291", "== 292"));

        assertThat(output.text()).contains("static assertion failed");
        assertThat(output.code()).isNotZero();
    }

    @ParameterizedTest
    @EnumSource(Library.class)
    void functions_ofTheLibrary_areThere(Library library) throws Exception {
        requirePresent(library);
        String nm = library.compiler.replace("gcc", "nm");

        Output output = run(List.of(nm, "-D", "--defined-only", library.file), "");

        Set<String> present =
                output.text()
                        .lines()
                        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                        .map(name -> name.replaceFirst("@.*", ""))
                        .collect(Collectors.toSet());
        assertThat(present).containsAll(functions(present));
    }

    /** The fields of {@link Symbols} have the names of their functions. */
    private static Set<String> functions(Set<String> present) {
        var names = new TreeSet<>(Set.of("syscall", "setpriority", "umask"));
        for (Field field : Symbols.class.getDeclaredFields()) {
            if (field.getType() == MethodHandle.class) {
                names.add(field.getName().toLowerCase(Locale.ROOT));
            }
        }
        assertThat(names).hasSizeGreaterThan(20).contains("statx", "getdents");
        if (!present.contains("getdents")) {
            names.remove("getdents");
            names.add("getdents64");
        }
        if (!present.contains("statx")) {
            names.remove("statx");
        }
        return names;
    }

    @ParameterizedTest
    @FieldSource("ARCHITECTURES")
    void constants_areThoseOfTheTable(String architecture) {
        Map<String, Long> table = Layouts.of(architecture);
        Map<String, Long> ours = numbers(architecture);

        assertThat(table).containsAllEntriesOf(ours);
        assertThat(table.keySet().stream().filter(name -> name.startsWith("O_")))
                .containsExactlyInAnyOrderElementsOf(
                        ours.keySet().stream().filter(n -> n.startsWith("O_")).toList());
    }

    private static Map<String, Long> numbers(String architecture) {
        var numbers = new LinkedHashMap<String, Long>();
        numbers.put("offsetof(struct statx, stx_nlink)", Statx.LINKS);
        numbers.put("offsetof(struct statx, stx_gid)", Statx.GROUP);
        numbers.put("offsetof(struct statx, stx_mode)", Statx.MODE);
        numbers.put("offsetof(struct statx, stx_ino)", Statx.INODE);
        numbers.put("offsetof(struct statx, stx_size)", Statx.SIZE);
        numbers.put("offsetof(struct statx, stx_atime)", Statx.ACCESSED);
        numbers.put("offsetof(struct statx, stx_ctime)", Statx.CHANGED);
        numbers.put("offsetof(struct statx, stx_mtime)", Statx.MODIFIED);
        numbers.put("offsetof(struct statx, stx_dev_major)", Statx.DEVICE_MAJOR);
        numbers.put("offsetof(struct statx, stx_dev_minor)", Statx.DEVICE_MINOR);
        numbers.put("offsetof(struct statx_timestamp, tv_nsec)", (long) Long.BYTES);
        numbers.put("sizeof(struct statx)", (long) NativeBuffers.STATUS);
        numbers.put("STATX_BASIC_STATS", (long) Statx.BASIC);
        numbers.put("SYS_statx", (long) Symbols.statxNumber(architecture));
        numbers.put("SYS_openat2", Symbols.OPENAT2);
        numbers.put("sizeof(struct open_how)", OpenHow.SIZE);
        numbers.put("offsetof(struct open_how, flags)", OpenHow.FLAGS);
        numbers.put("offsetof(struct open_how, resolve)", OpenHow.RESOLVE);
        numbers.put("RESOLVE_NO_MAGICLINKS", OpenHow.NO_MAGIC_LINKS);
        numbers.put("RESOLVE_NO_SYMLINKS", OpenHow.NO_LINKS);
        numbers.put("RESOLVE_BENEATH", OpenHow.BENEATH);
        numbers.put("AT_FDCWD", (long) PathChecks.AT_FDCWD);
        numbers.put("offsetof(struct dirent64, d_off)", HostListing.NEXT);
        numbers.put("offsetof(struct dirent64, d_reclen)", HostListing.LENGTH);
        numbers.put("offsetof(struct dirent64, d_type)", HostListing.TYPE);
        numbers.put("offsetof(struct dirent64, d_name)", HostListing.NAME);
        numbers.put("sizeof(struct timespec)", NativeBuffers.TIMES / 2L);
        numbers.put("UTIME_NOW", Timespec.NOW);
        numbers.put("UTIME_OMIT", Timespec.OMIT);
        numbers.put("AT_SYMLINK_NOFOLLOW", (long) Libc.AT_SYMLINK_NOFOLLOW);
        numbers.put("AT_REMOVEDIR", (long) Libc.AT_REMOVEDIR);
        numbers.put("AT_EMPTY_PATH", (long) Libc.AT_EMPTY_PATH);
        numbers.put("F_SETFL", (long) ContentCalls.F_SETFL);
        numbers.putAll(flags(architecture));
        return numbers;
    }

    private static Map<String, Long> flags(String architecture) {
        var flags = new LinkedHashMap<String, Long>();
        flags.put("O_RDONLY", 0L);
        flags.put("O_WRONLY", (long) OpenFlags.WRITE_ONLY);
        flags.put("O_RDWR", (long) OpenFlags.READ_WRITE);
        flags.put("O_CREAT", (long) OpenFlags.CREATE);
        flags.put("O_EXCL", (long) OpenFlags.EXCLUSIVE);
        flags.put("O_NOCTTY", (long) OpenFlags.NO_TERMINAL);
        flags.put("O_APPEND", (long) OpenFlags.APPEND);
        flags.put("O_NONBLOCK", (long) OpenFlags.NON_BLOCKING);
        flags.put("O_SYNC", (long) OpenFlags.SYNC);
        flags.put("O_CLOEXEC", (long) OpenFlags.CLOSE_ON_EXEC);
        flags.put("O_PATH", (long) OpenFlags.PATH);
        flags.put("O_DIRECTORY", (long) OpenFlags.directory(architecture));
        flags.put("O_NOFOLLOW", (long) OpenFlags.noFollow(architecture));
        return flags;
    }

    @ParameterizedTest
    @FieldSource("ARCHITECTURES")
    void errors_areThoseOfTheTable(String architecture) {
        Map<String, Long> table = Layouts.of(architecture);
        var mapped = new TreeSet<String>();
        for (Errno errno : Errno.values()) {
            String name = errno == Errno.TOO_BIG ? "E2BIG" : "E" + errno.name();
            Long number = table.get(name);
            if (number != null) {
                mapped.add(name);
                assertThat(Errno.ofLinux(number.intValue())).as(name).isEqualTo(errno);
            }
        }

        // Success has no name, and the last one is WASI's own.
        assertThat(mapped).hasSize(Errno.values().length - 2);
    }

    @ParameterizedTest
    @FieldSource("ARCHITECTURES")
    void types_areThoseOfTheTable(String architecture) {
        Map<String, Long> table = Layouts.of(architecture);
        // WASI has no type for them.
        assertThat(table).containsEntry("DT_FIFO", 1L).containsEntry("S_IFIFO", 0x1000L);
        assertThat(FileType.of(1)).isEqualTo(FileType.UNKNOWN);
        Map<String, FileType> types =
                Map.of(
                        "CHR", FileType.CHARACTER_DEVICE,
                        "DIR", FileType.DIRECTORY,
                        "BLK", FileType.BLOCK_DEVICE,
                        "REG", FileType.REGULAR_FILE,
                        "LNK", FileType.SYMBOLIC_LINK,
                        "SOCK", FileType.SOCKET_STREAM);

        types.forEach((name, type) -> {
            assertThat(table).containsKeys("S_IF" + name, "DT_" + name);
            assertThat(FileType.ofMode(table.getOrDefault("S_IF" + name, -1L).intValue()))
                    .as(name)
                    .isEqualTo(type);
            assertThat(FileType.of(table.getOrDefault("DT_" + name, -1L).intValue()))
                    .as(name)
                    .isEqualTo(type);
        });
    }

    @Test
    void statx_systemCall_doesAsTheFunction() throws Throwable {
        MethodHandle call = Symbols.statxCall();
        try (var calls = new NativeCalls();
                var libc = new Libc(FileModes.DEFAULT)) {
            int folder = libc.openRoot(Path.of("/"));
            var state = calls.state();
            var name = calls.buffers().text(new byte[0]);
            var to = calls.buffers().status();

            int result =
                    (int)
                            call.invokeExact(
                                    state, folder, name, Libc.AT_EMPTY_PATH, Statx.BASIC, to);

            assertThat(result).isZero();
            assertThat(Statx.read(to).inode()).isEqualTo(libc.status(folder).inode());
            libc.close(folder);
        }
    }

    @Test
    void statx_systemCallThatFails_setsErrno() {
        MethodHandle call = Symbols.statxCall();
        try (var calls = new NativeCalls()) {
            var name = calls.buffers().text(new byte[0]);
            var to = calls.buffers().status();

            var failure =
                    catchThrowableOfType(
                            ErrnoException.class,
                            () ->
                                    calls.checked(() ->
                                            (int)
                                                    call.invokeExact(
                                                            calls.state(),
                                                            -1,
                                                            name,
                                                            Libc.AT_EMPTY_PATH,
                                                            Statx.BASIC,
                                                            to)));

            assertThat(failure.errno()).isEqualTo(Errno.BADF);
        }
    }
}
