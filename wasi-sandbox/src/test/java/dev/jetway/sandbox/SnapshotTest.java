package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.StartedGuest.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A guest that begins after its start-up answers as one that begins at its entry point. */
final class SnapshotTest {
    @TempDir private Path folder;
    private final Sandbox sandbox = TestSandbox.open();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static final List<Request> REQUESTS =
            List.of(
                    Request.of("", "METHOD", "GET", "PATH", "/"),
                    Request.of("", "METHOD", "GET", "PATH", "/longer/than/the/first"),
                    Request.of("body", "METHOD", "POST", "PATH", ""),
                    Request.of("", "METHOD", "", "OTHER", "x".repeat(60)),
                    Request.of("", "METHOD", "GET", "PATH", "y".repeat(9_000)),
                    Request.of(""),
                    Request.of("", "A", "1", "B", "2", "C", "3"));

    static Stream<Arguments> guests() {
        String grows =
                """
                (call $environment)
                (drop (memory.grow (i32.const 3)))
                (i64.store (i32.const 300000) (i64.const 0x1122334455667788))
                (drop (call $pause))
                """;
        return Stream.of(
                guest("nothing to do", "", "(call $environment)", "", true),
                guest("globals", "", "(call $environment) (drop (call $pause))", "", true),
                guest(
                        "numbers in locals and on the stack",
                        """
                        (func $deep (param i32 i64 f32 f64) (result f64)
                          (f64.add (f64.promote_f32 (f32.mul (local.get 2) (f32.const 3)))
                            (f64.mul (local.get 3)
                              (f64.add (f64.convert_i64_s (local.get 1))
                                (f64.convert_i32_u (i32.add (local.get 0) (call $pause)))))))
                        """,
                        """
                        (call $environment)
                        (local.set $l (i64.const -77)) (local.set $f (f32.const 1.25))
                        (local.set $i (i32.const 41)) (local.set $d (f64.const 3.5))
                        (global.set $wide (f64.add (local.get $d)
                          (call $deep (local.get $i) (local.get $l) (local.get $f) (local.get $d))))
                        """,
                        "(call $number (local.get $l)) (call $number (i64.extend_i32_u (local.get"
                                + " $i)))",
                        true),
                guest(
                        "a NaN with a payload",
                        """
                        (func $keep (param f32 f64) (result f64) (drop (call $pause))
                          (i32.store (i32.const 600) (i32.reinterpret_f32 (local.get 0)))
                          (local.get 1))
                        """,
                        """
                        (call $environment)
                        (i64.store (i32.const 608) (i64.reinterpret_f64
                          (call $keep (f32.reinterpret_i32 (i32.const 0x7fc01234))
                            (f64.reinterpret_i64 (i64.const 0x7ff8000000001234)))))
                        """,
                        "(call $number (i64.load (i32.const 600))) (call $number (i64.load"
                                + " (i32.const 608)))",
                        true),
                guest(
                        "recursion",
                        """
                        (func $recurse (param $n i32) (result i64) (local $own i64)
                          (local.set $own (i64.extend_i32_u (i32.mul (local.get $n) (i32.const 7))))
                          (if (i32.eqz (local.get $n)) (then (drop (call $pause)))
                            (else (local.set $own (i64.add (i64.mul (local.get $own) (i64.const 3))
                              (call $recurse (i32.sub (local.get $n) (i32.const 1)))))))
                          (local.get $own))
                        """,
                        "(call $environment) (local.set $l (call $recurse (i32.const 20)))",
                        "(call $number (local.get $l))",
                        true),
                guest(
                        "recursion deeper than a snapshot",
                        """
                        (func $recurse (param $n i32)
                          (if (i32.eqz (local.get $n)) (then (drop (call $pause)))
                            (else (call $recurse (i32.sub (local.get $n) (i32.const 1))))))
                        """,
                        "(call $environment) (call $recurse (i32.const 300))",
                        "",
                        true),
                guest(
                        "calls through a table",
                        """
                        (type $unary (func (param i64) (result i64)))
                        (elem (i32.const 1) $one $two)
                        (func $one (type $unary) (i64.add (i64.const 5)
                          (call_indirect (type $unary) (i64.mul (local.get 0) (i64.const 3))
                            (i32.const 2))))
                        (func $two (type $unary) (drop (call $pause)) (local.get 0))
                        """,
                        """
                        (call $environment)
                        (local.set $l (call_indirect (type $unary) (i64.const 11) (i32.const 1)))
                        """,
                        "(call $number (local.get $l))",
                        true),
                guest(
                        "loops",
                        "",
                        """
                        (call $environment)
                        (loop $again
                          (local.set $l (i64.add (i64.mul (local.get $l) (i64.const 31))
                            (i64.extend_i32_u (call $pause))))
                          (local.set $l (i64.add (local.get $l) (i64.extend_i32_u (local.get $i))))
                          (local.set $i (i32.add (local.get $i) (i32.const 1)))
                          (br_if $again (i32.lt_u (local.get $i) (i32.const 10))))
                        """,
                        "(call $number (local.get $l))",
                        true),
                guest(
                        "large functions",
                        StartGuests.large(),
                        "(call $environment) (local.set $l (call $large (i64.const 9)))",
                        "(call $number (local.get $l))",
                        true),
                guest(
                        "memory that has grown",
                        "",
                        grows,
                        "(call $number (i64.extend_i32_u (memory.size))) (call $number (i64.load"
                                + " (i32.const 300000)))",
                        true),
                guest(
                        "memory that grows under functions that go on",
                        """
                        (func $outer (param $at i32) (result i32)
                          (i32.store (local.get $at) (i32.const 1))
                          (call $inner)
                          (i32.store (local.get $at) (i32.const 2))
                          (i32.load (local.get $at)))
                        (func $inner (drop (call $pause)) (drop (memory.grow (i32.const 20))))
                        """,
                        "(call $environment) (local.set $i (call $outer (i32.const 900)))",
                        """
                        (call $number (i64.extend_i32_u (local.get $i)))
                        (call $number (i64.load (i32.const 900)))
                        """,
                        true),
                guest(
                        "the environment twice",
                        "",
                        """
                        (call $environment)
                        (drop (call $environ (i32.const 20000) (i32.const 24000)))
                        (drop (i32.load8_u (i32.add (i32.load (i32.const 20000)) (i32.const 1))))
                        (drop (call $pause))
                        """,
                        "(call $print (i32.load (i32.const 20000)) (call $length (i32.load"
                                + " (i32.const 20000))))",
                        true),
                guest(
                        "tables and segments",
                        "(func $none) (elem declare func $none) (elem $passive func $none)",
                        """
                        (call $environment)
                        (table.set $table (i32.const 3) (ref.func $none))
                        (drop (table.grow $table (ref.func $none) (i32.const 5)))
                        (memory.init $loose (i32.const 700) (i32.const 0) (i32.const 5))
                        (data.drop $loose) (elem.drop $passive)
                        (drop (call $pause))
                        """,
                        """
                        (call $number (i64.extend_i32_u (table.size $table)))
                        (call $number (i64.extend_i32_u
                          (ref.is_null (table.get $table (i32.const 3)))))
                        (call $number (i64.extend_i32_u
                          (ref.is_null (table.get $table (i32.const 0)))))
                        (call $print (i32.const 700) (i32.const 5))
                        (table.init $table $passive (i32.const 0) (i32.const 0) (i32.const 0))
                        (memory.init $loose (i32.const 0) (i32.const 0) (i32.const 0))
                        """,
                        true),
                guest(
                        "a copy of the environment",
                        "",
                        """
                        (call $environment)
                        (memory.copy (i32.const 32768) (global.get $block) (i32.const 300))
                        (drop (call $pause))
                        """,
                        "(call $print (i32.const 32768) (call $length (i32.const 32768)))",
                        true),
                guest(
                        "a hash of a value",
                        "",
                        """
                        (call $environment)
                        (if (i32.load (i32.const 64))
                          (then (local.set $l (i64.mul (i64.const 31)
                            (i64.load8_u (i32.add (i32.load (i32.const 4096)) (i32.const 7)))))))
                        (drop (call $pause))
                        """,
                        "(call $number (local.get $l))",
                        true),
                guest(
                        "a variable that it has overwritten",
                        "",
                        """
                        (call $environment)
                        (i32.store8 (i32.load (i32.const 4096)) (i32.const 88))
                        (drop (call $pause))
                        """,
                        "",
                        true),
                guest(
                        "output before",
                        "",
                        "(call $print (i32.const 512) (i32.const 4)) (call $environment)",
                        "",
                        true),
                guest(
                        "input before",
                        "",
                        """
                        (i32.store (i32.const 80) (i32.const 640))
                        (i32.store (i32.const 84) (i32.const 4))
                        (drop (call $read (i32.const 0) (i32.const 80) (i32.const 1)
                          (i32.const 88)))
                        (call $environment)
                        """,
                        "(call $print (i32.const 640) (i32.const 4))",
                        true),
                guest("an exit at once", "", "(call $exit (i32.const 3))", "", true),
                guest(
                        "a trap",
                        "",
                        "(call $environment) (drop (call $pause)) unreachable",
                        "",
                        true));
    }

    private static Arguments guest(
            String name, String functions, String start, String end, boolean taken) {
        return Arguments.of(name, StartGuests.text(functions, start, end), taken);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guests")
    void answersAreTheSame(String name, String text, boolean taken) throws Exception {
        Path file = Files.writeString(folder.resolve("guest.wat"), text);
        var guest = new StartedGuest(sandbox, file);
        for (Request first : List.of(REQUESTS.getFirst(), REQUESTS.getLast())) {
            Optional<String> refusal = guest.take(first);
            assertThat(refusal.isEmpty()).as("%s: %s", name, refusal).isEqualTo(taken);
            for (int turn = 0; turn < 2; turn++) {
                for (Request request : REQUESTS) {
                    assertThat(guest.answer(request)).isEqualTo(guest.ordinaryAnswer(request));
                }
            }
        }
        assertThat(guest.program().snapshots().uses() > 0).isEqualTo(taken);
    }

    private static Path exceptions(String guest) {
        return GuestProgram.SOURCES.resolve("exceptions").resolve(guest + ".wasm");
    }

    /** Handlers of functions that go on catch what the next function throws. */
    @Test
    void exceptionsAreCaughtByFunctionsThatGoOn() throws Exception {
        var guest = new StartedGuest(sandbox, exceptions("in-a-start"));

        assertThat(guest.take(REQUESTS.getFirst())).isEmpty();

        for (int run = 0; run < 3; run++) {
            assertThat(guest.answer(REQUESTS.getFirst()).text()).isEqualTo("0D\n");
        }
        assertThat(guest.program().snapshots().uses()).isEqualTo(3);
    }

    @Test
    void aStartThatKeepsAnExceptionHasNoSnapshot() throws Exception {
        var guest = new StartedGuest(sandbox, exceptions("kept-from-a-start"));

        assertThat(guest.take(REQUESTS.getFirst())).contains("it has caught exceptions");
        assertThat(guest.answer(REQUESTS.getFirst()).text()).isEqualTo("A\n");
    }
}
