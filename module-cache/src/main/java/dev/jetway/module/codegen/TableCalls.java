package dev.jetway.module.codegen;

import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.ValType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Calls functions of one type through a table or a reference. A constant of generated code, one for
 * each type with many functions; holds an object for each function that has been called, of a class
 * of its own: the JVM finds a method by its object's class in fewer steps than by a method handle.
 * Safe to share between threads: two that find the same function store objects that do the same.
 */
public final class TableCalls {
    /** The method that calls a function, with the function's own parameters and result. */
    static final String METHOD = "call";

    private final MethodHandles.Lookup lookup;
    private final int type;
    private final MethodType methodType;
    private final int functionsPerClass;
    private final Class<?> caller;
    private final @Nullable Object[] callers;

    private TableCalls(
            MethodHandles.Lookup lookup,
            int type,
            MethodType methodType,
            int functionsPerClass,
            int functions,
            Class<?> caller) {
        this.lookup = lookup;
        this.type = type;
        this.methodType = methodType;
        this.functionsPerClass = functionsPerClass;
        this.caller = caller;
        this.callers = new Object[functions];
    }

    /**
     * The bootstrap method of the constant.
     *
     * @param lookup of a generated class
     * @param type number of the functions' type in the module
     * @param methodType of their methods
     * @param functions in the module, imported ones too
     * @param caller an abstract class of the lookup's package with {@link #METHOD} of that type
     */
    public static TableCalls of(
            MethodHandles.Lookup lookup,
            String name,
            Class<?> constant,
            int type,
            MethodType methodType,
            int functionsPerClass,
            int functions,
            Class<?> caller) {
        return new TableCalls(lookup, type, methodType, functionsPerClass, functions, caller);
    }

    /**
     * Finds the function to call.
     *
     * @param entry of the table, or the function itself
     * @param table negative for a call by reference
     * @return what calls it, of the caller's class
     * @throws ChicoryException if there is none, or one of another type
     */
    public Object target(int entry, int table, Instance instance) {
        int function = table < 0 ? entry : inTable(entry, instance.table(table), instance);
        Object known = callers[function];
        return known == null ? find(function, instance) : known;
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

    private Object find(int function, Instance instance) {
        int actual = instance.functionType(function);
        if (actual != type
                && !ValType.heapTypeSubtype(actual, type, instance.module().typeSection())) {
            throw new ChicoryException("indirect call type mismatch");
        }
        try {
            Object made =
                    lookup.defineHiddenClass(classFor(function), true, ClassOption.STRONG)
                            .lookupClass()
                            .getConstructor()
                            .newInstance();
            callers[function] = made;
            return made;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("func_" + function, e);
        }
    }

    private byte[] classFor(int function) {
        String parent = Type.getInternalName(caller);
        String owner = Compiler.DEFAULT_CLASS_NAME + "FuncGroup_" + function / functionsPerClass;
        String descriptor = methodType.toMethodDescriptorString();
        var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(
                Opcodes.V11,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                parent + "_of",
                null,
                parent,
                null);
        TableCallCode.constructor(writer, parent);
        MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, METHOD, descriptor, null, null);
        code.visitCode();
        int slot = 1;
        for (Type parameter : Type.getArgumentTypes(descriptor)) {
            Values.load(code, parameter, slot);
            slot += parameter.getSize();
        }
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                owner.replace('.', '/'),
                "func_" + function,
                descriptor,
                false);
        code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }
}
