package dev.jetway.module.codegen;

import dev.jetway.module.codegen.SplitFunction.UnsplittableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The engine's classes of functions, with code for the functions that were replaced by stubs. */
public final class FunctionClasses {
    private static final int CHUNKS_PER_CLASS = 32;
    private static final int SMALLEST_CHUNK = 256;

    /** Maximum slots of variables and bytes of code in one JVM method. */
    private static final int SLOTS = 60_000;

    private static final int LARGEST = 65_535;

    private final EngineFunctions engine;
    private final CodeLimits limits;
    private final Set<Integer> interpreted;
    private final Map<String, byte[]> made = new HashMap<>();
    private final Set<Integer> refused = new TreeSet<>();
    private int split;

    /**
     * Classes of a module.
     *
     * @param interpreted functions that stay as the engine's classes have them
     */
    public FunctionClasses(EngineFunctions engine, CodeLimits limits, Set<Integer> interpreted) {
        this.engine = engine;
        this.limits = limits;
        this.interpreted = interpreted;
    }

    /** Completes a class of the engine that has stubs in place of the functions' code. */
    void add(String name, byte[] without) {
        var group = new ClassNode();
        new ClassReader(without).accept(group, ClassReader.SKIP_FRAMES);
        group.methods.replaceAll(method -> complete(group.name, method));
        try {
            made.put(name, write(group));
        } catch (ClassTooLargeException e) {
            // Too many constants for one class: each function gets a class of its own.
            group.methods.replaceAll(method -> alone(group.name, method));
            made.put(name, write(group));
        }
    }

    private MethodNode alone(String group, MethodNode method) {
        if (!method.name.startsWith(EngineFunctions.FUNCTION)) {
            return method;
        }
        String owner = group + '_' + method.name;
        made.put(owner.replace('/', '.'), write(holder(owner, List.of(method))));
        var call = new MethodNode(method.access, method.name, method.desc, null, null);
        call.visitCode();
        Values.passOn(call, 0, owner, method.name, method.desc);
        call.visitMaxs(0, 0);
        call.visitEnd();
        return call;
    }

    private MethodNode complete(String owner, MethodNode method) {
        if (!method.name.startsWith(EngineFunctions.FUNCTION)) {
            return method;
        }
        int function = Integer.parseInt(method.name.substring(EngineFunctions.FUNCTION.length()));
        if (function < engine.imported()) {
            engine.placeCheck(method);
            return method;
        }
        if (interpreted.contains(function)) {
            return method;
        }
        String prefix = owner.substring(0, owner.lastIndexOf('/') + 1) + "Split_" + function + '_';
        Optional<MethodNode> made = ready(engine.code(function, method.desc), prefix);
        if (made.isEmpty()) {
            refused.add(function);
        }
        return made.orElse(method);
    }

    /**
     * Makes a method ready for a class. If it is too large, its parts are in {@link #classes} and
     * it calls them.
     *
     * @param code of a function, as {@link EngineFunctions} has it
     * @param prefix of the names of the classes for its parts
     * @return empty if no class can have it
     */
    public Optional<MethodNode> ready(MethodNode code, String prefix) {
        int size = size(code);
        boolean fits = slots(code) <= SLOTS;
        if (size <= limits.largestMethod() && fits) {
            return Optional.of(finished(code));
        }
        try {
            return Optional.of(split(code, prefix));
        } catch (UnsplittableException e) {
            return fits && CodeSize.of(finished(code)) <= LARGEST
                    ? Optional.of(code)
                    : Optional.empty();
        }
    }

    private int size(MethodNode code) {
        int size = CodeSize.of(code) + MemoryCode.AT_START;
        for (AbstractInsnNode node : code.instructions) {
            size += engine.hasMemory() ? MemoryCode.growth(node) : 0;
        }
        return size;
    }

    private int size(AbstractInsnNode instruction) {
        return CodeSize.of(instruction) + (engine.hasMemory() ? MemoryCode.growth(instruction) : 0);
    }

    private MethodNode finished(MethodNode code) {
        GlobalCode.rewrite(code, engine.memoryHasFirstGlobal());
        if (engine.hasMemory()) {
            int room = limits.largestMethod() - size(code);
            MemoryCode.rewrite(code, engine.memoryIsExact(), engine.leastMemory(), room);
        }
        return code;
    }

    private static int slots(MethodNode code) {
        int slots = 0;
        for (AbstractInsnNode node : code.instructions) {
            if (node instanceof VarInsnNode variable) {
                slots = Math.max(slots, variable.var);
            }
        }
        return slots;
    }

    private MethodNode split(MethodNode code, String prefix) {
        for (int chunkSize = limits.chunk(); ; chunkSize /= 2) {
            SplitFunction function =
                    SplitFunction.of(code, this::size, chunkSize, engine.hasMemory());
            function.chunks().forEach(this::finished);
            if (function.chunks().stream().allMatch(chunk -> CodeSize.of(chunk) <= LARGEST)) {
                split++;
                return write(function, prefix);
            }
            if (chunkSize < SMALLEST_CHUNK) {
                throw new UnsplittableException("a chunk is too large", null);
            }
        }
    }

    private MethodNode write(SplitFunction function, String prefix) {
        List<MethodNode> chunks = function.chunks();
        for (int perClass = CHUNKS_PER_CLASS; ; perClass /= 2) {
            int size = perClass;
            try {
                var classes = new HashMap<String, byte[]>();
                for (int from = 0; from < chunks.size(); from += size) {
                    String name = prefix + from / size;
                    int to = Math.min(chunks.size(), from + size);
                    classes.put(
                            name.replace('/', '.'), write(holder(name, chunks.subList(from, to))));
                }
                made.putAll(classes);
                return function.driver(chunk -> prefix + chunk / size);
            } catch (ClassTooLargeException e) {
                if (size == 1) {
                    throw new UnsplittableException("a chunk has too many constants", e);
                }
            }
        }
    }

    /**
     * A class of methods.
     *
     * @param name with slashes
     */
    public static ClassNode holder(String name, List<MethodNode> methods) {
        var holder = new ClassNode();
        holder.visit(
                Opcodes.V11,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER,
                name,
                null,
                "java/lang/Object",
                null);
        holder.methods = new ArrayList<>(methods);
        return holder;
    }

    /** The bytes of a class. */
    public static byte[] write(ClassNode node) {
        var writer =
                new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
                    @Override
                    protected String getCommonSuperClass(String one, String other) {
                        return "java/lang/Object";
                    }
                };
        node.accept(writer);
        return writer.toByteArray();
    }

    /** The classes by name, including those with chunks. */
    public Map<String, byte[]> classes() {
        return made;
    }

    /** Functions that are too large and could not be split: their classes are incomplete. */
    Set<Integer> refused() {
        return refused;
    }

    /** Number of functions that were split. */
    int split() {
        return split;
    }
}
