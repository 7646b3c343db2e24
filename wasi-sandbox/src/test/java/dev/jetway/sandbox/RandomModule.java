package dev.jetway.sandbox;

import java.util.random.RandomGenerator;

/**
 * A module of random size and contents that prints a checksum of its state at the start, then
 * changes all of it at random. A seed always gives the same text.
 */
final class RandomModule {
    private static final int PAGE = 65536;
    private static final int SCRATCH = 64;

    private final RandomGenerator random;
    private final StringBuilder text = new StringBuilder();
    private final int pages;
    private final int globals;
    private final int tableSize;
    private final int segments;

    RandomModule(RandomGenerator random) {
        this.random = random;
        this.pages = 1 + random.nextInt(4);
        this.globals = random.nextInt(5);
        this.tableSize = 1 + random.nextInt(6);
        this.segments = random.nextInt(4);
    }

    /** The module's text. */
    String text() {
        line("(module");
        line("(import \"wasi_snapshot_preview1\" \"fd_write\"");
        line(" (func $fd_write (param i32 i32 i32 i32) (result i32)))");
        line("(memory (export \"memory\") %d %d)".formatted(pages, pages + random.nextInt(6)));
        line("(table $table %d %d funcref)".formatted(tableSize, tableSize + random.nextInt(4)));
        line("(func $one)(func $two)");
        line("(elem (i32.const %d) $one)".formatted(random.nextInt(tableSize)));
        line("(elem $passive func $two $one)");
        for (int i = 0; i < globals; i++) {
            line("(global $g%d (mut i64) (i64.const %d))".formatted(i, random.nextLong()));
        }
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            line(
                    "(data (i32.const %d) \"%s\")"
                            .formatted(place(64), bytes(1 + random.nextInt(64))));
        }
        for (int i = 0; i < segments; i++) {
            line("(data $d%d \"%s\")".formatted(i, bytes(8)));
        }
        line("(global $sum (mut i64) (i64.const 0))");
        line("(func $add (param i64)");
        line(
                " (global.set $sum (i64.add (i64.mul (global.get $sum) (i64.const 31)) (local.get 0))))");
        look();
        change();
        line("(func (export \"_start\") (call $look) (call $print) (call $change))");
        line(")");
        return text.toString();
    }

    /** Offset after the part that the printing uses. */
    private int place(int length) {
        return SCRATCH + random.nextInt(pages * PAGE - SCRATCH - length);
    }

    private String bytes(int length) {
        var data = new StringBuilder();
        for (int i = 0; i < length; i++) {
            data.append("\\%02x".formatted(random.nextInt(256)));
        }
        return data.toString();
    }

    private void look() {
        line("(func $look (local $at i32)");
        line(" (call $add (i64.extend_i32_u (memory.size)))");
        line(" (call $add (i64.extend_i32_u (table.size $table)))");
        for (int i = 0; i < globals; i++) {
            line(" (call $add (global.get $g%d))".formatted(i));
        }
        for (int i = 0; i < tableSize; i++) {
            line(
                    (" (call $add (i64.extend_i32_u (ref.is_null (table.get $table (i32.const"
                                    + " %d)))))")
                            .formatted(i));
        }
        line(" (loop $next");
        line("  (call $add (i64.load (local.get $at)))");
        line("  (local.set $at (i32.add (local.get $at) (i32.const 8)))");
        line("  (br_if $next (i32.lt_u (local.get $at) (i32.const %d))))".formatted(pages * PAGE));
        for (int i = 0; i < segments; i++) {
            // Traps if the segment was dropped.
            line(" (memory.init $d%d (i32.const 0) (i32.const 0) (i32.const 8))".formatted(i));
            line(" (call $add (i64.load (i32.const 0)))");
        }
        line(" (table.init $table $passive (i32.const 0) (i32.const 0) (i32.const 1)))");
        line("(func $print");
        line(" (i64.store (i32.const 16) (global.get $sum))");
        line(" (i32.store (i32.const 0) (i32.const 16)) (i32.store (i32.const 4) (i32.const 8))");
        line(" (drop (call $fd_write");
        line("  (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))");
    }

    private void change() {
        line("(func $change");
        int changes = 5 + random.nextInt(40);
        for (int i = 0; i < changes; i++) {
            line(" %s".formatted(changed()));
        }
        for (int i = 0; i < globals; i++) {
            line(" (global.set $g%d (i64.const %d))".formatted(i, random.nextLong()));
        }
        line(")");
    }

    private String changed() {
        int at = place(4096);
        int length = random.nextInt(4096);
        return switch (random.nextInt(10)) {
            case 0 -> "(i64.store (i32.const %d) (i64.const %d))".formatted(at, length);
            case 1 -> "(i32.store8 (i32.const %d) (i32.const %d))".formatted(at, length);
            case 2 -> "(i32.store16 (i32.const %d) (i32.const %d))".formatted(at, length);
            case 3 -> fill(at, length);
            case 4 ->
                    "(memory.copy (i32.const %d) (i32.const %d) (i32.const %d))"
                            .formatted(at, place(4096), length);
            // Memory beyond the first pages is written to as well, if the guest got it.
            case 5 ->
                    ("(if (i32.ne (memory.grow (i32.const %d)) (i32.const -1)) (then"
                                    + " (memory.fill (i32.const %d) (i32.const 255) (i32.const"
                                    + " 4096))))")
                            .formatted(1 + random.nextInt(2), pages * PAGE);
            case 6 ->
                    "(table.set $table (i32.const %d) (ref.func $one))"
                            .formatted(random.nextInt(tableSize));
            case 7 ->
                    "(drop (table.grow $table (ref.null func) (i32.const %d)))"
                            .formatted(random.nextInt(3));
            case 8 ->
                    segments == 0
                            ? "(elem.drop $passive)"
                            : "(data.drop $d%d)".formatted(random.nextInt(segments));
            default ->
                    "(table.fill $table (i32.const 0) (ref.null func) (i32.const %d))"
                            .formatted(tableSize);
        };
    }

    private String fill(int at, int length) {
        return "(memory.fill (i32.const %d) (i32.const %d) (i32.const %d))"
                .formatted(at, 1 + random.nextInt(255), length);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
