package dev.jetway.module;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The text of a module of random functions that call each other, loop, branch, trap, and change
 * memory, globals and locals. An exported {@code f} takes a number of each type. Loops and calls
 * end: each takes from a global that holds the remaining steps. A seed always gives the same text.
 */
final class RandomFunctions {
    /** Steps until everything traps. */
    static final int FUEL = 3_000;

    private static final String[] TYPES = {"i32", "i64", "f32", "f64"};
    private static final int FUNCTIONS = 5;
    private static final int LOCALS = 3;
    private static final int DEPTH = 4;

    private final RandomGenerator random;
    private final StringBuilder text = new StringBuilder();
    private final List<List<String>> labels = new ArrayList<>();
    private final List<List<String>> results = new ArrayList<>();

    /** Whether the array of the memory is exactly as long as the memory. */
    private final boolean growsInLargeSteps;

    private int names;

    RandomFunctions(RandomGenerator random) {
        this.random = random;
        this.growsInLargeSteps = random.nextInt(16) == 0;
    }

    String text() {
        for (int i = 0; i < FUNCTIONS; i++) {
            var types = new ArrayList<String>();
            int count = i == 0 ? 1 : random.nextInt(4);
            for (int r = 0; r < count; r++) {
                types.add(type());
            }
            results.add(types);
        }
        line("(module (memory (export \"memory\") 1 " + (growsInLargeSteps ? 150 : 3) + ")");
        line("(data (i32.const 8) \"\\01\\ff\\80 data\")");
        line(
                "(table funcref (elem $f1 $f2 $f3 $f4 $f1 $k0 $k1 $k2 $k3 $k4 $k5 $k6 $k7 $k8 $k9 $k0))");
        line("(global $fuel (export \"fuel\") (mut i32) (i32.const " + FUEL + "))");
        for (String type : TYPES) {
            line(
                    "(global $g%s (export \"g%s\") (mut %s) (%s.const 1))"
                            .formatted(type, type, type, type));
        }
        line("(func $burn (global.set $fuel (i32.sub (global.get $fuel) (i32.const 1)))");
        line(" (if (i32.lt_s (global.get $fuel) (i32.const 0)) (then unreachable)))");
        // With this many functions of one type, calls through the table need no switch.
        for (int i = 0; i < 40; i++) {
            line("(func $k%d (param i32 i64 f32 f64) (result i64 i64)".formatted(i));
            line(" (i64.const %d) (i64.add (local.get 1) (i64.const %d)))".formatted(i, i));
        }
        for (int i = 0; i < FUNCTIONS; i++) {
            function(i);
        }
        return text.append(")").toString();
    }

    private void function(int number) {
        line(
                "(func $f%d %s (param $a i32) (param $b i64) (param $c f32) (param $d f64)%s"
                        .formatted(
                                number,
                                number == 0 ? "(export \"f\")" : "",
                                results.get(number).isEmpty()
                                        ? ""
                                        : " (result "
                                                + String.join(" ", results.get(number))
                                                + ")"));
        for (int i = 0; i < LOCALS; i++) {
            for (String type : TYPES) {
                line("(local $%s%d %s)".formatted(type, i, type));
            }
        }
        line("(local $turn i32) (call $burn)");
        labels.clear();
        statements(DEPTH, 6);
        results.get(number).forEach(type -> line(expression(type, 3)));
        line(")");
    }

    private void statements(int depth, int most) {
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        switch (random.nextInt(depth > 0 ? 17 : 9)) {
            case 0, 1, 2 -> {
                String type = type();
                line("(local.set %s %s)".formatted(local(type), expression(type, 3)));
            }
            case 3 -> store();
            case 4 -> {
                String type = type();
                line("(global.set $g%s %s)".formatted(type, expression(type, 2)));
            }
            case 5 -> call();
            case 6 -> branch();
            case 7 -> {
                int step = growsInLargeSteps ? 128 : random.nextInt(2);
                line("(drop (memory.grow (i32.const " + step + ")))");
            }
            case 8 -> {
                if (random.nextBoolean()) {
                    spread();
                } else {
                    oneOfMany();
                }
            }
            case 9, 10 -> {
                line("(if " + expression("i32", 2) + " (then");
                statements(depth - 1, 3);
                line(") (else");
                statements(depth - 1, 3);
                line("))");
            }
            case 11, 12 -> nested("block", depth);
            case 13, 14 -> loop(depth);
            case 15 -> countedLoop();
            default -> table(depth);
        }
    }

    /** A loop that the JIT may unroll: its turns are known, and nothing else leads out of it. */
    private void countedLoop() {
        int step = 1 + random.nextInt(3);
        int end = step * (1 + random.nextInt(60));
        line("(local.set $turn (i32.const 0)) (loop");
        line(
                "(i32.store offset=%d (i32.mul (local.get $turn) (i32.const %d)) %s)"
                        .formatted(offset(), random.nextInt(600), expression("i32", 2)));
        line("(local.set %s %s)".formatted(local("i64"), expression("i64", 2)));
        line("(br_if 0 (i32.ne (local.tee $turn (i32.add (local.get $turn) (i32.const " + step);
        line("))) (i32.const " + end + "))))");
    }

    private void nested(String kind, int depth) {
        String label = "$l" + names++;
        line("(" + kind + " " + label);
        labels.add(List.of(label));
        statements(depth - 1, 4);
        labels.removeLast();
        line(")");
    }

    private void loop(int depth) {
        String label = "$l" + names++;
        line("(loop " + label + " (call $burn)");
        statements(depth - 1, 4);
        line("(br_if " + label + " " + expression("i32", 1) + "))");
    }

    private void table(int depth) {
        String first = "$l" + names++;
        String second = "$l" + names++;
        String third = "$l" + names++;
        line("(block " + first + " (block " + second + " (block " + third);
        line("(br_table %s %s %s %s)".formatted(third, first, second, expression("i32", 2)));
        line(")");
        statements(depth - 1, 2);
        line(")");
        statements(depth - 1, 2);
        line(")");
    }

    private void branch() {
        if (labels.isEmpty()) {
            line("nop");
            return;
        }
        String label = labels.get(random.nextInt(labels.size())).getFirst();
        line("(br_if " + label + " " + expression("i32", 2) + ")");
    }

    /** Values that stay on the stack while others branch. */
    private void spread() {
        String type = type();
        String to = local(type);
        line(expression(type, 2));
        line("(block (result " + type + ") " + expression(type, 2));
        line("(br_if 0 " + expression("i32", 2) + ")");
        line("(drop) " + expression(type, 2) + ")");
        line(combine(type));
        line("(local.set " + to + ")");
    }

    private String combine(String type) {
        return type + (type.startsWith("i") ? ".xor" : ".add");
    }

    private void store() {
        String type = type();
        String narrow =
                type.equals("i64")
                        ? pick("", "8", "16", "32")
                        : type.equals("i32") ? pick("", "8", "16") : "";
        line(
                "(%s.store%s offset=%d %s %s)"
                        .formatted(type, narrow, offset(), address(), expression(type, 2)));
    }

    private int offset() {
        return random.nextInt(20) == 0 ? random.nextInt(70_000) : random.nextInt(64);
    }

    private String address() {
        return switch (random.nextInt(30)) {
            case 0 -> expression("i32", 1);
            case 1, 2, 3 -> "(i32.const " + random.nextInt(66_000) + ")";
            case 4, 5, 6 ->
                    "(i32.shl (i32.and %s (i32.const 0x1fff)) (i32.const %d))"
                            .formatted(expression("i32", 2), random.nextInt(5));
            default ->
                    "(i32.and %s (i32.const %s))"
                            .formatted(expression("i32", 2), pick("0xffff", "0xffff", "0x7fff"));
        };
    }

    private void call() {
        int callee = 1 + random.nextInt(FUNCTIONS - 1);
        String arguments =
                expression("i32", 1)
                        + expression("i64", 1)
                        + expression("f32", 1)
                        + expression("f64", 1);
        if (random.nextBoolean()) {
            line("(call $f" + callee + " " + arguments + ")");
        } else {
            line(
                    "(call_indirect (param i32 i64 f32 f64)%s %s %s)"
                            .formatted(
                                    results.get(callee).isEmpty()
                                            ? ""
                                            : " (result "
                                                    + String.join(" ", results.get(callee))
                                                    + ")",
                                    arguments,
                                    random.nextInt(6) == 0
                                            ? expression("i32", 1)
                                            : "(i32.const " + (callee - 1) + ")"));
        }
        for (String type : results.get(callee).reversed()) {
            line("(local.set " + local(type) + ")");
        }
    }

    private void oneOfMany() {
        line(
                "(call_indirect (param i32 i64 f32 f64) (result i64 i64) %s %s %s %s (i32.const %d))"
                        .formatted(
                                expression("i32", 1),
                                expression("i64", 1),
                                expression("f32", 1),
                                expression("f64", 1),
                                random.nextInt(20) == 0
                                        ? random.nextInt(20)
                                        : 5 + random.nextInt(11)));
        line("(local.set " + local("i64") + ") (local.set " + local("i64") + ")");
    }

    private String expression(String type, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf(type);
        }
        return switch (random.nextInt(6)) {
            case 0 ->
                    "(select %s %s %s)"
                            .formatted(
                                    expression(type, depth - 1),
                                    expression(type, depth - 1),
                                    expression("i32", depth - 1));
            case 1 -> "(%s.load offset=%d %s)".formatted(type, offset(), address());
            case 2 -> convert(type, depth);
            case 3 ->
                    "(if (result %s) %s (then %s) (else %s))"
                            .formatted(
                                    type,
                                    expression("i32", depth - 1),
                                    expression(type, depth - 1),
                                    expression(type, depth - 1));
            default -> operation(type, depth);
        };
    }

    private String operation(String type, int depth) {
        String operator =
                type.startsWith("i")
                        ? pick(
                                "add", "sub", "mul", "and", "or", "xor", "shl", "shr_u", "rotl",
                                "div_s", "rem_u")
                        : pick("add", "sub", "mul", "div");
        return "(%s.%s %s %s)"
                .formatted(
                        type, operator, expression(type, depth - 1), expression(type, depth - 1));
    }

    private String convert(String type, int depth) {
        return switch (type) {
            case "i32" ->
                    pick(
                            "(i32.wrap_i64 " + expression("i64", depth - 1) + ")",
                            "(i64.lt_s "
                                    + expression("i64", depth - 1)
                                    + expression("i64", depth - 1)
                                    + ")",
                            "(f64.lt "
                                    + expression("f64", depth - 1)
                                    + expression("f64", depth - 1)
                                    + ")",
                            "(i32.trunc_f32_s " + expression("f32", depth - 1) + ")",
                            "(memory.size)");
            case "i64" ->
                    pick(
                            "(i64.extend_i32_u " + expression("i32", depth - 1) + ")",
                            "(i64.trunc_f64_s " + expression("f64", depth - 1) + ")");
            case "f32" -> "(f32.convert_i32_s " + expression("i32", depth - 1) + ")";
            default ->
                    pick(
                            "(f64.convert_i64_s " + expression("i64", depth - 1) + ")",
                            "(f64.promote_f32 " + expression("f32", depth - 1) + ")");
        };
    }

    private String leaf(String type) {
        return switch (random.nextInt(4)) {
            case 0 -> "(%s.const %s)".formatted(type, constant(type));
            case 1 -> "(global.get $g" + type + ")";
            default -> "(local.get " + local(type) + ")";
        };
    }

    private String constant(String type) {
        return switch (type) {
            case "i32" -> pick("0", "1", "-1", "65535", String.valueOf(random.nextInt()));
            case "i64" -> pick("0", "1", "-1", String.valueOf(random.nextLong()));
            default -> pick("0", "-0", "1.5", "inf", "1e10", "-2");
        };
    }

    private String local(String type) {
        int number = random.nextInt(LOCALS + 1);
        if (number < LOCALS) {
            return "$" + type + number;
        }
        return switch (type) {
            case "i32" -> "$a";
            case "i64" -> "$b";
            case "f32" -> "$c";
            default -> "$d";
        };
    }

    private String type() {
        return pick(TYPES);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
