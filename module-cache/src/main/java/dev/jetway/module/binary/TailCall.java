package dev.jetway.module.binary;

import java.util.ArrayList;
import java.util.List;

/** The callee of a tail call. */
sealed interface TailCall {
    /** A function by its index. */
    record Direct(int function) implements TailCall {}

    /** The function of a table entry. */
    record Indirect(int type, int table) implements TailCall {}

    /** The function of a reference. */
    record Reference(int type) implements TailCall {}

    /** The callee of an instruction that is a tail call. */
    static TailCall of(CodeReader code) {
        int index = (int) code.immediate();
        return switch (code.opcode()) {
            case Opcode.RETURN_CALL -> new Direct(index);
            case Opcode.RETURN_CALL_INDIRECT -> new Indirect(index, (int) code.second());
            default -> new Reference(index);
        };
    }

    static boolean isOne(CodeReader code) {
        return switch (code.opcode()) {
            case Opcode.RETURN_CALL, Opcode.RETURN_CALL_INDIRECT, Opcode.RETURN_CALL_REF -> true;
            default -> false;
        };
    }

    /** The type of the callee. */
    default Signature signature(Outline outline) {
        return switch (this) {
            case Direct direct -> outline.function(direct.function());
            case Indirect indirect -> outline.types.get(indirect.type());
            case Reference reference -> outline.types.get(reference.type());
        };
    }

    /** Operands of the call: the arguments, then the table index or the reference. */
    default List<ValueType> operands(Outline outline) {
        var operands = new ArrayList<>(signature(outline).parameters());
        switch (this) {
            case Direct direct -> {}
            case Indirect indirect -> operands.add(ValueType.INT);
            case Reference reference ->
                    operands.add(new ValueType(ValueType.NULLABLE, reference.type()));
        }
        return operands;
    }
}
