package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.Cancelled;
import dev.jetway.sandbox.RunOutcome.CpuLimitReached;
import dev.jetway.sandbox.file.quota.Quota;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks that a guest has taken are released after it, whatever has ended it. */
@Timeout(60)
final class RunLocksTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final int REMEMBERED = 64;
    private static Sandbox sandbox;

    @TempDir private Path folder;
    @TempDir private Path modules;

    @BeforeAll
    static void open() {
        sandbox = TestSandbox.open();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private GuestProgram guest() {
        return new GuestProgram("probe.wasm", new Volume("/", folder));
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.skip(1).map(p -> folder.relativize(p).toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // A guest that is ended leaves no lock of its own.
                "mkdir,db.lock | spin | ''",
                "mkdir,db.lock | trap | ''",
                "mkdir,db.lock | sleep | ''",
                "create,db,x mkdir,db.lock | spin | db",
                "mkdir,a mkdir,a/b.lock | spin | a",
                "mkdir,a mkdir,./a//b.lock/ | spin | a",
                "mkdir,x.lock mkdir,y.lock | spin | ''",
                "mkdir,x.lock rmdir,x.lock mkdir,x.lock | spin | ''",
                // One that exits may mean a folder to stay, but not SQLite's beside its file.
                "mkdir,db.lock | exit,0 | db.lock",
                "create,db,x mkdir,db.lock | exit,0 | db",
                "create,db,x mkdir,db.lock | exit,3 | db",
                "create,db,x mkdir,db.lock | lstat,db | db",
                "mkdir,db mkdir,db.lock | exit,0 | db db.lock",
                // Other names, and folders that are not empty, stay.
                "mkdir,dblock mkdir,.lock mkdir,lock mkdir,a.LOCK mkdir,a.lock.d | spin |"
                        + " .lock a.LOCK a.lock.d dblock lock",
                "mkdir,db.lock create,db.lock/x,x | spin | db.lock db.lock/x",
                "mkdir,db.lock rmdir,db.lock | spin | ''",
                // A lock that the guest has released by another name is no lock.
                "mkdir,db.lock rename,db.lock,kept | spin | kept",
            })
    void locks_afterTheEnd(String calls, String end, String left) throws Exception {
        var arguments = new ArrayList<>(List.of("probe"));
        for (String call : (calls + " " + end).split(" ", -1)) {
            arguments.add(call.replace(',', '|'));
        }

        guest().within(SHORT).run(sandbox, arguments.toArray(String[]::new));

        assertThat(String.join(" ", left())).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.lock", "sub/db.lock"})
    void lockOfAnother_stays(String lock) throws Exception {
        Files.createDirectories(folder.resolve(lock));

        guest().within(SHORT).run(sandbox, "probe", "mkdir|" + lock, "spin");

        assertThat(folder.resolve(lock)).isDirectory();
    }

    private void takeOver(Path lock) {
        try {
            Files.move(lock, folder.resolve("old"));
            Files.createDirectory(lock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another program has broken the guest's lock and taken it. */
    @Test
    void lockThatAnotherHasNow_stays() throws Exception {
        Path lock = folder.resolve("db.lock");
        GuestRun[] run = new GuestRun[1];
        var takingOver =
                new ByteArrayOutputStream() {
                    @Override
                    public synchronized void write(byte[] bytes, int from, int length) {
                        takeOver(lock);
                        run[0].cancel();
                    }
                };
        OutputStream errors = OutputStream.nullOutputStream();
        run[0] = guest().prepare(sandbox, takingOver, errors, "probe", "mkdir|db.lock", "spin");

        RunReport report = run[0].execute();

        assertThat(report.outcome()).isInstanceOf(Cancelled.class);
        assertThat(left()).containsExactly("db.lock", "old");
    }

    @Test
    void cpuLimit_releasesToo() throws Exception {
        var result =
                guest().limited(l -> l.withCpuTime(SHORT))
                        .run(sandbox, "probe", "mkdir|db.lock", "spin");

        assertThat(result.report().outcome()).isInstanceOf(CpuLimitReached.class);
        assertThat(left()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {REMEMBERED, REMEMBERED + 1})
    void locks_upToTheirBound(int count) throws Exception {
        var arguments = new ArrayList<>(List.of("probe"));
        for (int i = 0; i < count; i++) {
            arguments.add("mkdir|" + i + ".lock");
        }
        arguments.add("trap");

        guest().run(sandbox, arguments.toArray(String[]::new));

        assertThat(left()).hasSize(Math.max(0, count - REMEMBERED));
    }

    @Test
    void releasedLock_isTakenFromTheQuota() throws Exception {
        var quota = new Quota(1 << 20, 1);
        quota.count(List.of(folder));
        for (int i = 0; i < 3; i++) {
            guest().within(quota).run(sandbox, "probe", "mkdir|db.lock", "trap");

            assertThat(left()).isEmpty();
        }
        assertThat(guest().within(quota).run(sandbox, "probe", "mkdir|db.lock").out())
                .isEqualTo("0\n");
    }

    /** Creates {@code db.lock} with these flags, and ends like this. */
    private static String creating(int flags, String end) {
        return """
        (module
          (import "wasi_snapshot_preview1" "path_open"
            (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
          (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
          (memory (export "memory") 1)
          (data (i32.const 0) "db.lock")
          (func (export "_start")
            (if (call $open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 7)
                (i32.const %d) (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 64))
              (then (call $exit (i32.const 1))))
            (%s)))
        """
                .formatted(flags, end);
    }

    @ParameterizedTest
    @CsvSource({
        // O_CREAT with O_EXCL takes a lock, O_CREAT alone opens a file such as composer.lock.
        "5, unreachable, ''",
        "5, loop (br 0), ''",
        "5, nop, db.lock",
        "1, unreachable, db.lock",
    })
    void lockFile_isReleasedIfItWasCreatedExclusively(int flags, String end, String left)
            throws Exception {
        Path module = Files.writeString(modules.resolve("lock.wat"), creating(flags, end));

        new GuestProgram(module, new Volume("/", folder)).within(SHORT).run(sandbox);

        assertThat(String.join(" ", left())).isEqualTo(left);
    }
}
