package dev.jetway.module.codegen;

import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.ValType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Calls functions of one type through a table or a reference. A constant of generated code, one for
 * each type with many functions; holds handles of functions that have been called. Safe to share
 * between threads: two that find the same handle store equal ones.
 */
public final class TableCalls {
    private final MethodHandles.Lookup lookup;
    private final int type;
    private final MethodType methodType;
    private final int functionsPerClass;
    private final @Nullable MethodHandle[] handles;

    private TableCalls(
            MethodHandles.Lookup lookup,
            int type,
            MethodType methodType,
            int functionsPerClass,
            int functions) {
        this.lookup = lookup;
        this.type = type;
        this.methodType = methodType;
        this.functionsPerClass = functionsPerClass;
        this.handles = new MethodHandle[functions];
    }

    /**
     * The bootstrap method of the constant.
     *
     * @param lookup of a generated class
     * @param type number of the functions' type in the module
     * @param methodType of their methods
     * @param functions in the module, imported ones too
     */
    public static TableCalls of(
            MethodHandles.Lookup lookup,
            String name,
            Class<?> constant,
            int type,
            MethodType methodType,
            int functionsPerClass,
            int functions) {
        return new TableCalls(lookup, type, methodType, functionsPerClass, functions);
    }

    /**
     * Finds the function to call.
     *
     * @param entry of the table, or the function itself
     * @param table negative for a call by reference
     * @throws ChicoryException if there is none, or one of another type
     */
    public MethodHandle target(int entry, int table, Instance instance) {
        int function = table < 0 ? entry : inTable(entry, instance.table(table), instance);
        MethodHandle handle = handles[function];
        return handle == null ? find(function, instance) : handle;
    }

    @SuppressWarnings("ReferenceEquality") // The identical instance.
    private static int inTable(int entry, TableInstance table, Instance instance) {
        int function = table.requiredRef(entry);
        Instance owner = table.instance(entry);
        if (owner != null && owner != instance) {
            throw new ChicoryException("a function of another instance");
        }
        return function;
    }

    private MethodHandle find(int function, Instance instance) {
        int actual = instance.functionType(function);
        if (actual != type
                && !ValType.heapTypeSubtype(actual, type, instance.module().typeSection())) {
            throw new ChicoryException("indirect call type mismatch");
        }
        String owner = Compiler.DEFAULT_CLASS_NAME + "FuncGroup_" + function / functionsPerClass;
        try {
            MethodHandle found =
                    lookup.findStatic(lookup.findClass(owner), "func_" + function, methodType);
            handles[function] = found;
            return found;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("func_" + function, e);
        }
    }
}
