package dev.jetway.module.codegen;

import org.objectweb.asm.commons.CodeSizeEvaluator;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** An upper bound for the bytes of code in a class file. */
final class CodeSize {
    private CodeSize() {}

    static int of(MethodNode method) {
        var evaluator = new CodeSizeEvaluator(null);
        method.instructions.accept(evaluator);
        return evaluator.getMaxSize();
    }

    static int of(AbstractInsnNode instruction) {
        var evaluator = new CodeSizeEvaluator(null);
        instruction.accept(evaluator);
        return evaluator.getMaxSize();
    }
}
