package dev.jetway.module;

import static dev.jetway.module.Fixtures.call;
import static dev.jetway.module.Fixtures.tooLarge;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.module.source.FileReference;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Functions too large for a method of the JVM. */
final class LargeFunctionTest {
    /** Deeper than any compiler's output: the values fit neither on a stack nor into a frame. */
    private static final int DEPTH = 40_000;

    @TempDir private static Path folder;

    private static ModuleCache cache() {
        return new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"call $small", "return_call $small", "nop call $small"})
    void aFunctionThatIsTooLargeIsCompiledInPieces(String reach) throws Exception {
        Path module = Files.write(folder.resolve("large.wat"), tooLarge(reach));
        ModuleCache cache = new ModuleCache(ModuleCacheSettings.in(Optional.of(folder), 1));

        ModuleLoad first = cache.load(new FileReference(module));
        ModuleLoad second =
                new ModuleCache(ModuleCacheSettings.in(Optional.of(folder), 1))
                        .load(new FileReference(module));

        assertThat(first.module().interpretedFunctions()).isEmpty();
        assertThat(second.origin()).isEqualTo(Origin.DISK);
        assertThat(call(first)).isEqualTo(7);
        assertThat(call(second)).isEqualTo(7);
        assertThat(first.module().wasm().codeSection().getFunctionBody(1).instructions())
                .as("its body is gone")
                .hasSize(2);
    }

    /** Text of a function that leaves a number of values on the stack before it adds them. */
    private static String deep(int numbers) {
        return "(module (func (export \"f\") (result i32)\n"
                + "i32.const 1\n".repeat(numbers)
                + "i32.add\n".repeat(numbers - 1)
                + "))";
    }

    @Test
    void aStackThatLivesBetweenPieces_isKeptInTheFrame() throws Exception {
        byte[] binary = Wat.binary(deep(1_000));

        ModuleImage image = ModuleCompiler.compile(binary, 64, new CodeLimits(0, 300));

        assertThat(image.interpreted()).isEmpty();
        assertThat(image.classes().keySet()).anyMatch(name -> name.contains("Split_0"));
        assertThat(call(CompiledModule.link("0", image))).isEqualTo(1_000);
    }

    @Test
    void aFunctionThatCannotBeSplit_isInterpretedAndNamed() throws Exception {
        Path module = Files.writeString(folder.resolve("deepest.wat"), deep(DEPTH));

        ModuleLoad load = cache().load(new FileReference(module));

        assertThat(load.module().interpretedFunctions())
                .singleElement()
                .asString()
                .matches("function 0 \\([0-9,]+ instructions\\)");
        assertThat(call(load)).isEqualTo(DEPTH);
    }

    /**
     * A loop that goes on in one of four cases, each of a piece's size: they change a variable
     * each, of 24 that were set before the loop.
     */
    private static String cases() {
        var text =
                new StringBuilder("(module (func (export \"f\") (result i32)\n(local $turn i32)");
        for (int i = 0; i < 24; i++) {
            text.append("(local $v%d i32)".formatted(i));
        }
        for (int i = 0; i < 24; i++) {
            text.append("(local.set $v%1$d (i32.const %1$d))\n".formatted(i));
        }
        text.append(
                """
                (loop $next (block $end
                  (br_if $end (i32.eq (local.get $turn) (i32.const 400)))
                  (local.set $turn (i32.add (local.get $turn) (i32.const 1)))
                  (block $c3 (block $c2 (block $c1 (block $c0
                    (br_table 0 1 2 3 (i32.and (local.get $turn) (i32.const 3))))
                """);
        for (int c = 0; c < 4; c++) {
            text.append("(i32.mul (local.get $v%d) (i32.const 3))".formatted(c).repeat(150))
                    .append("i32.xor\n".repeat(149))
                    .append("(local.set $v%1$d (i32.add (local.get $v%1$d)))\n".formatted(c))
                    .append(c < 3 ? "(br $next))\n" : "(br $next)\n");
        }
        text.append("))(local.get $v23)");
        for (int i = 0; i < 23; i++) {
            text.append("(i32.add (i32.mul (i32.const 31)) (local.get $v%d))".formatted(i));
        }
        return text.append("))").toString();
    }

    /** A function in pieces of 1,500 bytes, which returns what the interpreter does. */
    private static ModuleImage inPieces(String text) throws Exception {
        byte[] binary = Wat.binary(text);
        ModuleImage image = ModuleCompiler.compile(binary, 64, new CodeLimits(0, 1_500));
        long interpreted = Instance.builder(Parser.parse(binary)).build().export("f").apply()[0];
        assertThat(call(CompiledModule.link("0", image))).isEqualTo(interpreted);
        return image;
    }

    @Test
    void aLoopOfManyPieces_storesWhatWasWrittenBeforeItOnce() throws Exception {
        ModuleImage image = inPieces(cases());

        // Each of 25 variables once before the loop; then one or two at each way out of a piece.
        assertThat(storesInFrames(image)).isBetween(25, 60);
    }

    /**
     * A loop that goes on in one of 24 short cases, each with a variable of its own, or in a long
     * one.
     */
    private static String shortCases() {
        var text =
                new StringBuilder("(module (func (export \"f\") (result i32)\n(local $turn i32)");
        for (int i = 0; i < 25; i++) {
            text.append("(local $v%d i32)".formatted(i));
        }
        text.append(
                """
                (loop $next (block $end
                  (br_if $end (i32.eq (local.get $turn) (i32.const 400)))
                  (local.set $turn (i32.add (local.get $turn) (i32.const 1)))
                """);
        for (int c = 24; c >= 0; c--) {
            text.append("(block $c%d ".formatted(c));
        }
        text.append("(br_table");
        for (int c = 0; c < 25; c++) {
            text.append(" ").append(c);
        }
        text.append("(i32.rem_u (local.get $turn) (i32.const 25))))\n");
        for (int c = 0; c < 24; c++) {
            text.append(
                    "(local.set $v%1$d (i32.add (local.get $v%1$d) (i32.const %1$d)))(br $next))\n"
                            .formatted(c));
        }
        text.append("(i32.mul (local.get $v24) (i32.const 3))".repeat(300))
                .append("i32.xor\n".repeat(299))
                .append("(local.set $v24 (i32.add (i32.const 1)))(br $next)\n))(local.get $v24)");
        for (int i = 0; i < 24; i++) {
            text.append("(i32.add (i32.mul (i32.const 31)) (local.get $v%d))".formatted(i));
        }
        return text.append("))").toString();
    }

    @Test
    void aPieceLoadsAVariableWhereItIsUsed() throws Exception {
        ModuleImage image = inPieces(shortCases());

        // The turn, and not the variables of all cases.
        assertThat(
                        pieces(image).stream()
                                .filter(LargeFunctionTest::chooses25)
                                .map(LargeFunctionTest::loadsAtEntries))
                .singleElement()
                .isEqualTo(1);
    }

    @Test
    void shortCasesOfALoopStayWithItsSwitch_andTurnWithoutLeavingThePiece() throws Exception {
        ModuleImage image = inPieces(shortCases());

        assertThat(
                        pieces(image).stream()
                                .filter(LargeFunctionTest::chooses25)
                                .map(LargeFunctionTest::jumpsToTheBeginning))
                .singleElement()
                .isEqualTo(24);
    }

    private static int jumpsToTheBeginning(MethodNode piece) {
        int jumps = 0;
        for (AbstractInsnNode node : piece.instructions) {
            boolean first =
                    node instanceof JumpInsnNode jump
                            && jump.label.equals(piece.instructions.getFirst());
            jumps += first ? 1 : 0;
        }
        return jumps;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 24, 200, 300, 340, 500})
    void aReturnWithinATry_leavesWhatItsHandlerReads(int chunk) throws Exception {
        byte[] binary;
        try (InputStream in = getClass().getResourceAsStream("return-in-a-try.wasm")) {
            binary = requireNonNull(in).readAllBytes();
        }

        ModuleImage image = ModuleCompiler.compile(binary, 64, new CodeLimits(0, chunk));

        assertThat(call(CompiledModule.link("0", image))).isEqualTo(2);
    }

    private static boolean chooses25(MethodNode piece) {
        for (AbstractInsnNode node : piece.instructions) {
            if (node instanceof TableSwitchInsnNode choice && choice.labels.size() >= 24) {
                return true;
            }
        }
        return false;
    }

    /** Loads from the frame before a variable is read. */
    private static int loadsAtEntries(MethodNode piece) {
        int loads = 0;
        for (AbstractInsnNode node : piece.instructions) {
            if (node instanceof VarInsnNode load
                    && node.getOpcode() == Opcodes.ILOAD
                    && load.var > 0) {
                break;
            }
            loads += node.getOpcode() == Opcodes.LALOAD ? 1 : 0;
        }
        return loads;
    }

    private static List<MethodNode> pieces(ModuleImage image) {
        var pieces = new ArrayList<MethodNode>();
        image.classes()
                .forEach((name, bytes) -> {
                    if (name.contains("Split_")) {
                        var piece = new ClassNode();
                        new ClassReader(bytes).accept(piece, 0);
                        pieces.addAll(piece.methods);
                    }
                });
        return pieces;
    }

    private static int storesInFrames(ModuleImage image) {
        int stores = 0;
        for (MethodNode piece : pieces(image)) {
            for (AbstractInsnNode node : piece.instructions) {
                stores += node.getOpcode() == Opcodes.LASTORE ? 1 : 0;
            }
        }
        return stores;
    }

    @Test
    void aTableOfBranchesWiderThanAMethod() throws Exception {
        int branches = 17_000;
        String text =
                "(module (func $pick (param i32) (result i32)\n"
                        + "(block (block (br_table "
                        + "0 1 ".repeat(branches / 2)
                        + "1 (local.get 0))) (return (i32.const 5)))\n(i32.const 6))\n"
                        + "(func (export \"f\") (result i32)\n"
                        + "(i32.add (i32.mul (call $pick (i32.const 16000)) (i32.const 100))"
                        + "(i32.add (i32.mul (call $pick (i32.const 16999)) (i32.const 10))"
                        + " (call $pick (i32.const -1))))))";
        Path module =
                Files.write(folder.resolve("wide.wat"), text.getBytes(StandardCharsets.UTF_8));

        ModuleLoad load = cache().load(new FileReference(module));

        assertThat(load.module().interpretedFunctions()).isEmpty();
        assertThat(call(load)).isEqualTo(566);
    }
}
