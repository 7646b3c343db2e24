package dev.jetway.module.correction;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.OpcodeImpl;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.PassiveElement;
import java.util.List;

/**
 * Operations on ranges of tables, which compare bounds without overflow before they change
 * anything. Called by compiled guests.
 */
public final class TableOperations {
    private TableOperations() {}

    private static void requireRange(int offset, int size, int bound) {
        // Sizes of tables and segments fit an int; offsets and lengths are unsigned 32-bit numbers.
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(size) > bound) {
            throw new WasmRuntimeException("out of bounds table access");
        }
    }

    /** An indirect call of a function of another type. */
    public static RuntimeException mismatch(int function) {
        return new WasmRuntimeException("indirect call type mismatch");
    }

    /** table.fill. */
    public static void fill(Instance instance, int tableIndex, int size, int value, int offset) {
        TableInstance table = instance.table(tableIndex);
        requireRange(offset, size, table.size());
        for (int i = 0; i < size; i++) {
            table.setRef(offset + i, value, instance);
        }
    }

    /** table.copy. */
    public static void copy(
            Instance instance, int sourceIndex, int targetIndex, int size, int source, int target) {
        TableInstance from = instance.table(sourceIndex);
        TableInstance to = instance.table(targetIndex);
        requireRange(source, size, from.size());
        requireRange(target, size, to.size());
        boolean forward = target <= source;
        for (int done = 0; done < size; done++) {
            int i = forward ? done : size - 1 - done;
            to.setRef(target + i, from.ref(source + i), from.instance(source + i));
        }
    }

    /** table.init. */
    public static void init(
            Instance instance, int tableIndex, int segment, int size, int source, int target) {
        TableInstance table = instance.table(tableIndex);
        Element element = instance.element(segment);
        // Active and declared segments are dropped before any code runs.
        List<List<Instruction>> values =
                element instanceof PassiveElement ? element.initializers() : List.of();
        requireRange(source, size, values.size());
        requireRange(target, size, table.size());
        for (int i = 0; i < size; i++) {
            long value =
                    ConstantEvaluators.computeConstantValue(instance, values.get(source + i))[0];
            table.setRef(target + i, OpcodeImpl.boxForTable(value, instance), instance);
        }
    }
}
