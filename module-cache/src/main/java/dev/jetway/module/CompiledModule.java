package dev.jetway.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.ModuleInterface.ExportedFunction;
import dev.jetway.module.resume.UnresumableException;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A module compiled to JVM code, ready to be instantiated any number of times. Safe to share
 * between threads and between sites: they share code and the initial content of the memory, never
 * state.
 */
public final class CompiledModule {
    /** The JVM keeps a class as bytes until it is used, then as metadata and machine code. */
    private static final int CLASS_COST = 3;

    /**
     * Maximum number of stacks that a module has code to resume: it stays as long as the module.
     */
    static final int STACKS = 16;

    private final String digest;
    private final WasmModule wasm;
    private final MachineFactory machineFactory;
    private final List<ImportName> imports;
    private final Map<String, ExportedFunction> functions;
    private final boolean interpreter;
    private final List<String> interpretedFunctions;
    private final Map<List<List<Integer>>, Resumption> resumptions = new HashMap<>();
    private final MemoryImage memoryImage = new MemoryImage();
    private final long cost;

    private CompiledModule(
            String digest, WasmModule wasm, MachineFactory machineFactory, ModuleImage image) {
        this.digest = digest;
        this.wasm = wasm;
        this.machineFactory = machineFactory;
        this.imports = ModuleInterface.imports(wasm);
        this.functions = ModuleInterface.functions(wasm);
        this.interpreter = image.interpreter();
        this.interpretedFunctions = image.interpreted();
        this.cost = cost(image);
    }

    /**
     * Links an image.
     *
     * @throws RuntimeException if the engine cannot read the module of the image
     * @throws LinkageError if the JVM cannot take its classes
     */
    public static CompiledModule link(String digest, ModuleImage image) {
        // The whole module was validated before it was compiled.
        Parser parser = Parser.builder().withValidation(false).build();
        WasmModule wasm = parser.parse(() -> new ByteArrayInputStream(image.wasm()));
        return new CompiledModule(digest, wasm, MachineFactory.link(wasm, image), image);
    }

    private static long cost(ModuleImage image) {
        long classes = image.classes().values().stream().mapToLong(c -> c.length).sum();
        return image.wasm().length + CLASS_COST * classes;
    }

    /** The SHA-256 of the module's file, lower-case hexadecimal. */
    public String digest() {
        return digest;
    }

    /**
     * The engine's view of the module, to instantiate from. Bodies of compiled functions are
     * replaced by {@code unreachable}, and custom sections are dropped.
     */
    public WasmModule wasm() {
        return wasm;
    }

    /** Makes the engine's machine for an instance of {@link #wasm()}, and of nothing else. */
    public Function<Instance, Machine> machineFactory() {
        return machineFactory;
    }

    /**
     * Code that resumes a stack in instances of this module, made once and then kept with it.
     *
     * @param stack the functions, the entry point first and a host function last
     * @param sites the numbers of the calls in the functions
     * @throws UnresumableException if it cannot be resumed, or there is code for too many stacks
     */
    public Resumption resumption(List<Integer> stack, List<Integer> sites, StartCode code) {
        synchronized (resumptions) {
            List<List<Integer>> key = List.of(List.copyOf(stack), List.copyOf(sites));
            Resumption known = resumptions.get(key);
            if (known != null) {
                return known;
            }
            if (resumptions.size() >= STACKS) {
                throw UnresumableException.tooMany(STACKS);
            }
            String name = String.valueOf(resumptions.size());
            var made = new Resumption(machineFactory.add(code.resuming(stack, sites, name)));
            resumptions.put(key, made);
            return made;
        }
    }

    /** The imports in the module's order. */
    public List<ImportName> imports() {
        return imports;
    }

    /** Whether a function of that name is exported, of any type. */
    public boolean exportsFunction(String export) {
        return functions.containsKey(export);
    }

    /** Whether a function of that name without parameters and results is exported. */
    public boolean hasFunction(String export) {
        ExportedFunction function = functions.get(export);
        return function != null && function.plain();
    }

    /**
     * The number of an exported function.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public int function(String export) {
        ExportedFunction function = functions.get(export);
        if (function == null) {
            throw new IllegalArgumentException("no function '" + export + "' is exported");
        }
        return function.index();
    }

    /** The initial content of the memory, once an instance has made it. */
    public MemoryImage memoryImage() {
        return memoryImage;
    }

    /**
     * Functions that are too large for a JVM method and run in the engine's interpreter, at about
     * 15 ns an instruction: index, name if there is one, and length of each.
     */
    public List<String> interpretedFunctions() {
        return interpretedFunctions;
    }

    /**
     * Whether the module's content, whatever its name, marks it as an interpreter: no part of a
     * request may become one of its arguments (CVE-2012-1823). Computed from the bytes that were
     * compiled.
     */
    public boolean isInterpreter() {
        return interpreter;
    }

    /** Approximate bytes of code and heap while the module is loaded, for weighing. */
    public long cost() {
        return cost;
    }
}
