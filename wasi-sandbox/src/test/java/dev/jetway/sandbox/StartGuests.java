package dev.jetway.sandbox;

import java.util.Collections;

/**
 * Guests that have something to do before they look at their request. Each prints all that it
 * knows, so that a wrong state shows.
 */
final class StartGuests {
    /**
     * Functions of all guests. The environment is at 4096 (pointers) and where {@code $block} says;
     * 64 to 128 are for results of calls.
     */
    private static final String PRELUDE =
            """
            (module
              (import "wasi_snapshot_preview1" "environ_sizes_get"
                (func $environ_sizes (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "environ_get"
                (func $environ (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "clock_time_get"
                (func $clock (param i32 i64 i32) (result i32)))
              (import "wasi_snapshot_preview1" "random_get"
                (func $random (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read"
                (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write"
                (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_open"
                (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
              (memory (export "memory") 2 64)
              (global $block i32 (i32.const 8192))
              (global $calls (mut i32) (i32.const 0))
              (global $wide (mut f64) (f64.const 0.5))
              (table $table 4 16 funcref)
              (data (i32.const 512) "site.txt")
              (data $loose "loose")
              (func $environment
                (drop (call $environ_sizes (i32.const 64) (i32.const 68)))
                (drop (call $environ (i32.const 4096) (global.get $block))))
              ;; Prints bytes.
              (func $print (param $at i32) (param $length i32)
                (i32.store (i32.const 80) (local.get $at))
                (i32.store (i32.const 84) (local.get $length))
                (drop (call $write (i32.const 1) (i32.const 80) (i32.const 1) (i32.const 88))))
              ;; Prints a number in hexadecimal.
              (func $number (param $n i64) (local $i i32) (local $digit i32)
                (loop $next
                  (local.set $digit (i32.wrap_i64 (i64.and (local.get $n) (i64.const 15))))
                  (i32.store8 (i32.sub (i32.const 127) (local.get $i))
                    (i32.add (local.get $digit)
                      (select (i32.const 48) (i32.const 87) (i32.lt_u (local.get $digit) (i32.const 10)))))
                  (local.set $n (i64.shr_u (local.get $n) (i64.const 4)))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $next (i32.lt_u (local.get $i) (i32.const 16))))
                (i32.store8 (i32.const 128) (i32.const 10))
                (call $print (i32.const 112) (i32.const 17)))
              (func $length (param $at i32) (result i32) (local $end i32)
                (local.set $end (local.get $at))
                (block $done
                  (loop $next
                    (br_if $done (i32.eqz (i32.load8_u (local.get $end))))
                    (local.set $end (i32.add (local.get $end) (i32.const 1)))
                    (br $next)))
                (i32.sub (local.get $end) (local.get $at)))
              ;; Prints the whole environment.
              (func $print_environment (local $i i32) (local $at i32)
                (block $done
                  (loop $next
                    (br_if $done (i32.ge_u (local.get $i) (i32.load (i32.const 64))))
                    (local.set $at
                      (i32.load (i32.add (i32.const 4096) (i32.mul (local.get $i) (i32.const 4)))))
                    (call $print (local.get $at) (call $length (local.get $at)))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br $next))))
              ;; What the host is asked for where a start may end.
              (func $pause (result i32)
                (global.set $calls (i32.add (global.get $calls) (i32.const 1)))
                (call $yield))
            """;

    private StartGuests() {}

    /**
     * A guest.
     *
     * @param functions besides those of all guests
     * @param start before the guest looks at its request
     * @param end what it prints besides the environment
     */
    static String text(String functions, String start, String end) {
        return PRELUDE
                + functions
                + "(func (export \"_start\") (local $i i32) (local $l i64)"
                + " (local $f f32) (local $d f64)\n"
                + start
                + "\n(call $print_environment)\n(call $number (i64.extend_i32_u (global.get $calls)))"
                + "(call $number (i64.reinterpret_f64 (global.get $wide)))"
                + end
                + "))";
    }

    /** A function that is split into parts, with a call of the host in its middle. */
    static String large() {
        String work =
                "(local.set 0 (i64.add (i64.mul (local.get 0) (i64.const 6364136223846793005))"
                        + " (i64.extend_i32_u (i32.load8_u (i32.wrap_i64 (i64.and (local.get 0)"
                        + " (i64.const 1023)))))))\n";
        String half = String.join("", Collections.nCopies(600, work));
        return "(func $large (param i64) (result i64) (local $n i64)\n"
                + half
                + "(local.set 1 (i64.add (local.get 0) (i64.extend_i32_u (call $pause))))"
                + half
                + "(i64.xor (local.get 0) (local.get 1)))\n";
    }
}
