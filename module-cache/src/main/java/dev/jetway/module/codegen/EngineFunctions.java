package dev.jetway.module.codegen;

import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.jetway.module.memory.LinearMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.InstructionAdapter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Asks the engine's compiler for the code of a single function, before it has to fit into a class.
 * The entry point for that is private: this method handle is the one place that depends on the
 * engine's inside, and fails first with another version of the engine.
 */
public final class EngineFunctions {
    /** The beginning of the names of the engine's classes of functions; their number follows. */
    public static final String GROUP = Compiler.DEFAULT_CLASS_NAME + "FuncGroup_";

    /** Minimum pages by which a memory grows whose array is exactly as long: 8 MiB. */
    static final int LARGE_STEP = 128;

    /** The beginning of the names of functions' methods; their number follows. */
    public static final String FUNCTION = "func_";

    private static final String SHADED = "com/dylibso/chicory/compiler/internal/Shaded";
    private static final String MAIN_CLASS = Compiler.DEFAULT_CLASS_NAME.replace('.', '/');
    private static final MethodHandle COMPILE_FUNCTION = compileFunction();

    private final Compiler compiler;
    private final WasmModule module;
    private final int imported;
    private final boolean hasMemory;
    private final boolean memoryHasFirstGlobal;
    private final boolean memoryIsExact;
    private final long leastMemory;
    private final Map<String, String> owners;

    /**
     * Functions of a module.
     *
     * @param owners the classes of the methods for calls through tables, by the methods' names
     * @param complete whether the engine interprets none of them
     */
    public EngineFunctions(
            WasmModule module,
            int functionsPerClass,
            Map<String, String> owners,
            boolean complete) {
        this.module = module;
        this.owners = owners;
        this.imported = module.importSection().count(ExternalType.FUNCTION);
        boolean ownMemory = module.memorySection().map(m -> m.memoryCount() > 0).orElse(false);
        boolean othersMemory = module.importSection().count(ExternalType.MEMORY) > 0;
        this.hasMemory = ownMemory || othersMemory;
        this.memoryIsExact = complete && growsInLargeSteps(module);
        boolean onlyOwnMemory = ownMemory && !othersMemory;
        this.leastMemory = onlyOwnMemory ? leastMemory(module) : 0;
        this.memoryHasFirstGlobal =
                onlyOwnMemory && module.importSection().count(ExternalType.GLOBAL) == 0;
        this.compiler =
                Compiler.builder(module)
                        .withMaxFunctionsPerClass(functionsPerClass)
                        .withClassCollectorFactory(ByteClassCollector::new)
                        .build();
    }

    private static long leastMemory(WasmModule module) {
        return module.memorySection()
                .map(memories -> memories.getMemory(0).limits().initialPages())
                .map(pages -> (long) pages * Memory.PAGE_SIZE)
                .orElse(0L);
    }

    private static MethodHandle compileFunction() {
        try {
            return MethodHandles.privateLookupIn(Compiler.class, MethodHandles.lookup())
                    .findVirtual(
                            Compiler.class,
                            "compileFunction",
                            MethodType.methodType(
                                    void.class,
                                    String.class,
                                    int.class,
                                    FunctionType.class,
                                    FunctionBody.class,
                                    InstructionAdapter.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("another engine: its compiler of one function is missing", e);
        }
    }

    /**
     * Whether a module has one memory, its own, and each of its instructions that grow it does so
     * by a constant of {@link #LARGE_STEP} pages or more: each may copy the memory then.
     */
    private static boolean growsInLargeSteps(WasmModule module) {
        int memories = module.memorySection().map(MemorySection::memoryCount).orElse(0);
        return memories == 1
                && module.importSection().count(ExternalType.MEMORY) == 0
                && IntStream.range(0, module.codeSection().functionBodyCount())
                        .mapToObj(body -> module.codeSection().getFunctionBody(body).instructions())
                        .allMatch(EngineFunctions::growsInLargeSteps);
    }

    private static boolean growsInLargeSteps(List<? extends Instruction> instructions) {
        return IntStream.range(1, instructions.size())
                .filter(i -> instructions.get(i).opcode() == OpCode.MEMORY_GROW)
                .mapToObj(i -> instructions.get(i - 1))
                .allMatch(step ->
                        step.opcode() == OpCode.I32_CONST && (int) step.operand(0) >= LARGE_STEP);
    }

    /**
     * Whether the memory's array is always exactly as long as the memory. A function that the
     * engine interprets grows the memory in the engine's way.
     */
    boolean memoryIsExact() {
        return memoryIsExact;
    }

    /** Bytes that the memory has from the beginning; 0 if that is not known. */
    long leastMemory() {
        return leastMemory;
    }

    /** Whether functions have a memory; it is a {@link LinearMemory}. */
    boolean hasMemory() {
        return hasMemory;
    }

    /** Whether {@link LinearMemory#firstGlobal} is global 0: the module has both for itself. */
    boolean memoryHasFirstGlobal() {
        return memoryHasFirstGlobal;
    }

    /** Functions that the module imports; their numbers come first. */
    public int imported() {
        return imported;
    }

    private FunctionBody body(int function) {
        return module.codeSection().getFunctionBody(function - imported);
    }

    /**
     * The code of a function that is not imported, of any size.
     *
     * @param descriptor of its method
     */
    public MethodNode code(int function, String descriptor) {
        FunctionType type =
                module.functionSection().getFunctionType(function - imported, module.typeSection());
        var method =
                new MethodNode(
                        Opcodes.ASM9,
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC,
                        FUNCTION + function,
                        descriptor,
                        null,
                        null);
        try {
            COMPILE_FUNCTION.invokeExact(
                    compiler,
                    MAIN_CLASS,
                    function,
                    type,
                    body(function),
                    new InstructionAdapter(method));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the engine's compiler fails", e);
        }
        setOwners(method);
        Comparisons.rewrite(method);
        InterruptChecks.place(method, MAIN_CLASS + "Shaded");
        return method;
    }

    /** Has the engine's method for an imported function check: the host's work may be long. */
    void placeCheck(MethodNode method) {
        InterruptChecks.placeAtStart(method, MAIN_CLASS + "Shaded");
    }

    /** Redirects calls to the classes of the module that hold the methods. */
    private void setOwners(MethodNode method) {
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof MethodInsnNode call) {
                call.owner =
                        call.owner.equals(SHADED)
                                ? MAIN_CLASS + "Shaded"
                                : owners.getOrDefault(call.name, call.owner);
            }
        }
    }
}
