package dev.jetway.module.resume;

import static dev.jetway.module.codegen.EngineFunctions.FUNCTION;
import static dev.jetway.module.codegen.EngineFunctions.GROUP;

import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.module.codegen.EngineFunctions;
import dev.jetway.module.codegen.FunctionClasses;
import dev.jetway.module.correction.EngineCorrections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Makes further classes for a compiled module: some that record a stack, and some that resume it. A
 * stack is the numbers of its functions, the entry point first and a host function last. Used by
 * one thread.
 */
public final class ResumableCode {
    private static final String MAIN = Compiler.DEFAULT_CLASS_NAME;

    /** Maximum number of functions on a stack. */
    public static final int DEEPEST = 200;

    private final Map<String, byte[]> classes;
    private final EngineFunctions engine;
    private final int functionsPerClass;

    /**
     * Code for a module.
     *
     * @param module the whole module, parsed
     * @param classes those that it was compiled to
     * @param complete whether they have all functions
     */
    public ResumableCode(
            WasmModule module,
            Map<String, byte[]> classes,
            int functionsPerClass,
            boolean complete) {
        this.classes = classes;
        this.functionsPerClass = functionsPerClass;
        this.engine = new EngineFunctions(module, functionsPerClass, owners(classes), complete);
    }

    /**
     * Classes that resume a stack, to be added to the module's own.
     *
     * @param classes by name
     * @param mainClass the one with the method that resumes the first function
     * @param method its name
     */
    public record Resuming(Map<String, byte[]> classes, String mainClass, String method) {}

    /** The class of each method for calls through tables. */
    private static Map<String, String> owners(Map<String, byte[]> classes) {
        var owners = new HashMap<String, String>();
        classes.forEach((name, bytes) -> {
            if (name.startsWith(MAIN) && !name.startsWith(GROUP)) {
                var node = new ClassNode();
                new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE);
                node.methods.stream()
                        .filter(method -> method.name.startsWith("call_indirect_"))
                        .forEach(method -> owners.put(method.name, node.name));
            }
        });
        return owners;
    }

    /** All classes of the module, watched. */
    public Map<String, byte[]> watched() {
        return WatchedCode.in(classes);
    }

    /**
     * All classes of the module, watched, where the functions of a stack record it.
     *
     * @throws UnresumableException if a function of it cannot
     */
    public Map<String, byte[]> recording(List<Integer> stack) {
        requireDepth(stack);
        Set<Integer> functions = new HashSet<>(stack);
        var made = new FunctionClasses(engine, CodeLimits.DEFAULT, Set.of());
        var groups = new HashMap<String, ClassNode>();
        for (int function : functions) {
            if (function >= engine.imported()) {
                String name = group(function);
                ClassNode group = groups.computeIfAbsent(name, this::read);
                MethodNode code = code(function);
                RecordingCode.rewrite(code, function, functions);
                MethodNode ready = ready(made, code, "Recording_" + function + '_');
                group.methods.replaceAll(method -> method.name.equals(ready.name) ? ready : method);
            }
        }
        var changed = new HashMap<>(made.classes());
        groups.forEach((name, group) -> changed.put(name, write(group)));
        var all = new HashMap<>(classes);
        all.putAll(EngineCorrections.in(changed));
        return WatchedCode.in(all);
    }

    /**
     * Classes that resume a stack.
     *
     * @param sites for each function but the last, the number of its call
     * @param name part of the names of all classes, unique in the module
     * @throws UnresumableException if a function of it cannot be resumed
     */
    public Resuming resuming(List<Integer> stack, List<Integer> sites, String name) {
        requireDepth(stack);
        Set<Integer> functions = new HashSet<>(stack);
        String owner = "Resume_" + name;
        String main = MAIN + owner;
        var made = new FunctionClasses(engine, CodeLimits.DEFAULT, Set.of());
        var methods = new ArrayList<MethodNode>();
        Optional<ResumingCode.Next> next = Optional.empty();
        for (int i = sites.size() - 1; i >= 0; i--) {
            MethodNode code = code(stack.get(i));
            MethodNode resumed = ResumingCode.of(code, functions, sites.get(i), i, next);
            methods.add(ready(made, resumed, owner + '_' + i + '_'));
            next =
                    Optional.of(
                            new ResumingCode.Next(
                                    main.replace('.', '/'), resumed.name, resumed.desc));
        }
        ClassNode holder = FunctionClasses.holder(main.replace('.', '/'), methods);
        holder.access |= org.objectweb.asm.Opcodes.ACC_PUBLIC;
        var all = new HashMap<>(made.classes());
        all.put(main, write(holder));
        return new Resuming(EngineCorrections.in(all), main, "resume_0");
    }

    private static void requireDepth(List<Integer> stack) {
        if (stack.size() > DEEPEST) {
            throw new UnresumableException("more than " + DEEPEST + " functions are on its stack");
        }
    }

    private MethodNode ready(FunctionClasses made, MethodNode code, String prefix) {
        String folder = MAIN.replace('.', '/');
        return made.ready(code, folder + prefix)
                .orElseThrow(() -> new UnresumableException(code.name + " is too large"));
    }

    private static byte[] write(ClassNode node) {
        try {
            return FunctionClasses.write(node);
        } catch (org.objectweb.asm.ClassTooLargeException
                | org.objectweb.asm.MethodTooLargeException e) {
            throw new UnresumableException("a class becomes too large");
        }
    }

    private String group(int function) {
        return GROUP + function / functionsPerClass;
    }

    private ClassNode read(String name) {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new UnresumableException("a function has no class");
        }
        var node = new ClassNode();
        new ClassReader(bytes).accept(node, ClassReader.SKIP_FRAMES);
        return node;
    }

    private MethodNode code(int function) {
        String name = FUNCTION + function;
        return read(group(function)).methods.stream()
                .filter(method -> method.name.equals(name))
                .findFirst()
                .map(method -> engine.code(function, method.desc))
                .orElseThrow(() -> new UnresumableException("a function has no method"));
    }
}
