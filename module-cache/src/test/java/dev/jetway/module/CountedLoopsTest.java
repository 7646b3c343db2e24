package dev.jetway.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.module.codegen.CodeLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Loops whose stores need no cards, as they are marked before the loop. */
final class CountedLoopsTest {
    /** Seven instructions. */
    private static final String WORK =
            "(local.set $t (i32.mul (local.get $t) (i32.load (local.get $q))))";

    /** Enough of them, but for the loop's end. */
    private static final String TURN = WORK + WORK + WORK + WORK;

    private static final String STORE = "(i32.store (local.get $p) (local.get $t))";

    private static final String LAST = Wat.next("n", -1) + "(br_if 0 (local.get $n))";

    private static MethodNode code(String body) throws Exception {
        return code(body, CodeLimits.DEFAULT);
    }

    private static MethodNode code(String body, CodeLimits limits) throws Exception {
        String text =
                """
                (module (memory 3) (func (param $p i32)
                  (local $n i32) (local $q i32) (local $t i32) (local $e i32) (local $x i64)
                  %s))
                """
                        .formatted(
                                body.replace("TURN", TURN)
                                        .replace("WORK", WORK)
                                        .replace("STORE", STORE)
                                        .replace("LAST", LAST)
                                        .replace("P+4", Wat.next("p", 4))
                                        .replace("P-4", Wat.next("p", -4)));
        return Wat.code(text, 0, limits);
    }

    private static int marks(MethodNode method) {
        return calls(method, "/CountedLoop", "mark", "");
    }

    private static int stores(MethodNode method) {
        return calls(method, "/MemoryAccess", "write", "[BI)");
    }

    private static int calls(MethodNode method, String owner, String name, String type) {
        int calls = 0;
        for (AbstractInsnNode node : method.instructions) {
            calls +=
                    node instanceof MethodInsnNode call
                                    && call.owner.endsWith(owner)
                                    && call.name.startsWith(name)
                                    && call.desc.contains(type)
                            ? 1
                            : 0;
        }
        return calls;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Ends.
                "(loop TURN STORE P+4 LAST)                                               | 1 | 1",
                "(loop TURN STORE P+4 (br_if 0 (i32.ne (local.get $p) (local.get $e))))   | 1 | 1",
                "(loop TURN STORE P+4 (br_if 0 (i32.lt_u (local.get $p) (local.get $e)))) | 1 | 1",
                "(loop TURN STORE P+4 (br_if 0 (i32.le_s (local.get $p) (local.get $e)))) | 1 | 1",
                "(loop TURN STORE P+4 (br_if 0 (i32.gt_u (local.get $e) (local.get $p)))) | 1 | 1",
                "(loop TURN STORE P+4 (br_if 0 (i32.gt_u (local.get $p) (local.get $e)))) | 0 | 0",
                "(loop TURN STORE P-4 (br_if 0 (i32.gt_u (local.get $p) (local.get $e)))) | 1 | 1",
                "(loop TURN STORE P-4 (br_if 0 (i32.ge_s (local.get $p) (i32.const 9))))  | 1 | 1",
                "(loop TURN STORE P-4 (br_if 0 (i32.lt_u (local.get $e) (local.get $p)))) | 1 | 1",
                "(loop TURN STORE P-4 (br_if 0 (i32.le_s (local.get $e) (local.get $p)))) | 1 | 1",
                "(loop TURN STORE P+4 (br_if 0 (i32.ge_u (local.get $e) (local.get $p)))) | 1 | 1",
                "(loop TURN STORE P-4 (br_if 0 (i32.lt_u (local.get $p) (local.get $e)))) | 0 | 0",
                "(loop TURN STORE P+4 (br_if 0 (i32.eq (local.get $p) (local.get $e))))   | 0 | 0",
                "(loop TURN STORE P+4 (br_if 0 (i32.ne (local.get $p) (local.get $t))))   | 0 | 0",
                "(loop TURN STORE P+4 (br_if 0 (local.get $t)))                           | 0 | 0",
                "(loop TURN STORE P+4 (br_if 0 (i32.eqz (local.get $n))))                 | 0 | 0",
                "(loop TURN STORE P+4 (local.set $x (i64.add (local.get $x) (i64.const 1))) (br_if 0 (i64.ne (local.get $x) (i64.const 9)))) | 0 | 0",
                // Addresses.
                "(loop TURN STORE LAST)                                                   | 1 | 1",
                "(loop TURN STORE (br_if 0 (local.get $t)))                               | 1 | 1",
                "(loop TURN (i32.store (local.get $t) (local.get $n)) LAST)               | 0 | 0",
                "(loop TURN (i32.store (i32.const 8) (local.get $t)) LAST)                | 1 | 1",
                "(loop TURN (i32.store offset=64 (i32.and (local.get $t) (i32.const 4096)) (local.get $t)) LAST) | 1 | 1",
                "(loop TURN (i32.store offset=64 (i32.and (local.get $t) (i32.const 4100)) (local.get $t)) LAST) | 0 | 0",
                "(loop TURN STORE (local.set $p (i32.add (local.get $p) (local.get $e))) LAST)  | 0 | 0",
                "(loop TURN STORE (local.set $p (i32.add (local.get $p) (i32.const 4096))) LAST) | 1 | 1",
                "(loop TURN STORE (local.set $p (i32.add (local.get $p) (i32.const 4097))) LAST) | 0 | 0",
                "(loop TURN STORE (local.set $p (i32.sub (local.get $p) (i32.const 4096))) LAST) | 1 | 1",
                "(loop TURN STORE (local.set $p (i32.sub (local.get $p) (i32.const 4097))) LAST) | 0 | 0",
                "(loop TURN (i32.store offset=2147475455 (local.get $p) (local.get $t)) P+4 LAST) | 1 | 1",
                "(loop TURN (i32.store offset=2147475456 (local.get $p) (local.get $t)) P+4 LAST) | 0 | 0",
                // Several stores, and how far they may be apart.
                "(loop TURN STORE (i64.store offset=256 (local.get $p) (local.get $x)) P+4 LAST) | 1 | 2",
                "(loop TURN STORE (i64.store offset=257 (local.get $p) (local.get $x)) P+4 LAST) | 2 | 2",
                "(loop TURN STORE P+4 STORE P+4 LAST)                                     | 1 | 2",
                "(loop TURN STORE (i32.store (i32.add (local.get $p) (i32.const 5000)) (local.get $t)) P+4 LAST) | 2 | 2",
                "(loop TURN STORE (i32.store (local.get $n) (local.get $t)) (i32.store (local.get $q) (local.get $t)) (i32.store (local.get $e) (local.get $t)) P+4 LAST) | 4 | 4",
                "(loop TURN STORE (i32.store (local.get $n) (local.get $t)) (i32.store (local.get $q) (local.get $t)) (i32.store (local.get $e) (local.get $t)) (i32.store (i32.const 9) (local.get $t)) P+4 LAST) | 4 | 4",
                // Not one block, or entered elsewhere.
                "(loop TURN STORE P+4 (if (local.get $e) (then (nop) (local.set $t (i32.const 1)))) LAST) | 0 | 0",
                "(loop TURN STORE P+4 (br_if 0 (local.get $e)) LAST)                      | 0 | 0",
                "(loop (loop TURN STORE P+4 LAST) (br_if 0 (local.get $e)))               | 1 | 1",
                "(loop (br_if 0 (local.get $e)) (loop TURN STORE P+4 LAST))               | 1 | 1",
                "(block (loop TURN STORE P+4 (br_table 0 1 (local.get $n))))              | 0 | 0",
                "(loop TURN (drop (memory.grow (i32.const 1))) STORE P+4 LAST)            | 0 | 0",
                // 24 instructions, and 23.
                "(loop STORE P+4 WORK (drop (i32.const 1)) LAST)                          | 1 | 1",
                "(loop (i32.store (local.get $p) (i32.clz (local.get $t))) P+4 WORK LAST) | 0 | 0",
                // No store.
                "(loop TURN P+4 LAST)                                                     | 0 | 0",
            })
    void loop(String body, int marks, int stores) throws Exception {
        MethodNode method = code(body);

        assertThat(marks(method)).isEqualTo(marks);
        assertThat(stores(method)).isEqualTo(stores);
    }

    /** Neither the marks nor anything else makes a method larger than its limit. */
    @Test
    void methodWithoutRoom_marksEachStore() throws Exception {
        int full = 0;
        int marked = 0;
        for (int limit = 150; limit < 400; limit++) {
            MethodNode method = code("(loop TURN STORE P+4 LAST)", new CodeLimits(limit, 100));
            boolean whole = calls(method, "/MemoryAccess", "write", "") > 0;
            if (whole && marks(method) == 0) {
                full++;
                assertThat(stores(method)).isZero();
            } else if (whole) {
                marked++;
                assertThat(size(method)).isLessThanOrEqualTo(limit);
            }
        }
        assertThat(full).isBetween(10, 60);
        assertThat(marked).isGreaterThan(100);
    }

    private static int size(MethodNode method) {
        var evaluator = new CodeSizeEvaluator(null);
        method.instructions.accept(evaluator);
        return evaluator.getMaxSize();
    }
}
