package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportGlobal;
import com.dylibso.chicory.runtime.ImportMemory;
import com.dylibso.chicory.runtime.ImportTable;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import dev.jetway.module.memory.LinearMemory;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** The module {@code spectest} that the suite's modules import. */
@NullMarked
final class SuiteHost {
    private static final String NAME = "spectest";
    private static final long NUMBER = 666;
    private static final long[] NONE = {};

    private SuiteHost() {}

    static Store store() {
        return new Store()
                .addFunction(
                        print("print"),
                        print("print_i32", ValType.I32),
                        print("print_i64", ValType.I64),
                        print("print_f32", ValType.F32),
                        print("print_f64", ValType.F64),
                        print("print_i32_f32", ValType.I32, ValType.F32),
                        print("print_f64_f64", ValType.F64, ValType.F64))
                .addGlobal(
                        global("global_i32", ValType.I32, NUMBER),
                        global("global_i64", ValType.I64, NUMBER),
                        global("global_f32", ValType.F32, Float.floatToIntBits(666.6f)),
                        global("global_f64", ValType.F64, Double.doubleToLongBits(666.6)))
                .addMemory(
                        new ImportMemory(NAME, "memory", new LinearMemory(new MemoryLimits(1, 2))))
                .addTable(
                        new ImportTable(
                                NAME,
                                "table",
                                new TableInstance(
                                        new Table(ValType.FuncRef, new TableLimits(10, 20)),
                                        Value.REF_NULL_VALUE)));
    }

    private static ImportFunction print(String name, ValType... parameters) {
        return new ImportFunction(
                NAME,
                name,
                FunctionType.of(List.of(parameters), List.of()),
                (instance, arguments) -> NONE);
    }

    private static ImportGlobal global(String name, ValType type, long bits) {
        return new ImportGlobal(
                NAME, name, new GlobalInstance(bits, 0, type, MutabilityType.Const));
    }
}
