package dev.jetway.module.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The engine's classes of functions, with the functions that the engine was not told of. */
final class FunctionClasses {
    private static final String FUNCTION = "func_";
    private static final int CHUNKS_PER_CLASS = 32;
    private static final int SMALLEST_CHUNK = 256;

    /** Slots of variables and bytes of code that the JVM has room for in one method. */
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
    FunctionClasses(EngineFunctions engine, CodeLimits limits, Set<Integer> interpreted) {
        this.engine = engine;
        this.limits = limits;
        this.interpreted = interpreted;
    }

    /** Makes a class of the engine's that has the module's functions, but not their code. */
    void add(String name, byte[] without) {
        var group = new ClassNode();
        new ClassReader(without).accept(group, ClassReader.SKIP_FRAMES);
        group.methods.replaceAll(method -> complete(group.name, method));
        made.put(name, write(group));
    }

    private MethodNode complete(String owner, MethodNode method) {
        if (!method.name.startsWith(FUNCTION)) {
            return method;
        }
        int function = Integer.parseInt(method.name.substring(FUNCTION.length()));
        if (function < engine.imported() || interpreted.contains(function)) {
            return method;
        }
        MethodNode code = engine.code(function, method.desc);
        int size = CodeSize.of(code);
        boolean fits = slots(code) <= SLOTS;
        if (size <= limits.largestMethod() && fits) {
            return code;
        }
        try {
            return split(
                    code,
                    owner.substring(0, owner.lastIndexOf('/') + 1) + "Split_" + function + '_');
        } catch (UnsplittableException e) {
            if (size <= LARGEST && fits) {
                return code;
            }
            refused.add(function);
            return method;
        }
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
            try {
                SplitFunction function = SplitFunction.of(code, CodeSize::of, chunkSize);
                MethodNode driver = write(function, prefix);
                split++;
                return driver;
            } catch (MethodTooLargeException e) {
                if (chunkSize < SMALLEST_CHUNK) {
                    throw new UnsplittableException("a chunk is too large", e);
                }
            }
        }
    }

    private MethodNode write(SplitFunction function, String prefix) {
        for (int perClass = CHUNKS_PER_CLASS; ; perClass /= 2) {
            int size = perClass;
            try {
                List<MethodNode> chunks = function.chunks();
                var classes = new HashMap<String, byte[]>();
                for (int from = 0; from < chunks.size(); from += size) {
                    String name = prefix + from / size;
                    int to = Math.min(chunks.size(), from + size);
                    classes.put(
                            name.replace('/', '.'), write(holder(name, chunks.subList(from, to))));
                }
                MethodNode driver = function.driver(chunk -> prefix + chunk / size);
                write(holder(prefix, List.of(driver)));
                made.putAll(classes);
                return driver;
            } catch (ClassTooLargeException e) {
                if (size == 1) {
                    throw new UnsplittableException("a chunk has too many constants", e);
                }
            }
        }
    }

    private static ClassNode holder(String name, List<MethodNode> methods) {
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

    private static byte[] write(ClassNode node) {
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

    /** The classes by name, with those that hold chunks. */
    Map<String, byte[]> classes() {
        return made;
    }

    /** Functions that are too large and could not be split: their classes are incomplete. */
    Set<Integer> refused() {
        return refused;
    }

    /** How many functions were split. */
    int split() {
        return split;
    }
}
