package dev.jetway.module.codegen;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The classes of a module.
 *
 * @param classes by name
 * @param mainClass the name of the one that is the engine's machine
 * @param interpreted functions that no class has
 * @param split how many functions were split
 */
public record GeneratedCode(
        Map<String, byte[]> classes, String mainClass, Set<Integer> interpreted, int split) {
    /** Switch parts that {@link TableCalls} makes superfluous. */
    private static final String SWITCH = Compiler.DEFAULT_CLASS_NAME + "Indirect_";

    private static final Set<OpCode> CHANGES_TABLES =
            EnumSet.of(
                    OpCode.TABLE_SET,
                    OpCode.TABLE_GROW,
                    OpCode.TABLE_FILL,
                    OpCode.TABLE_COPY,
                    OpCode.TABLE_INIT);

    /**
     * Generates the classes.
     *
     * @param module the whole module, parsed
     * @param frame the same module with bodies that do nothing: the engine makes everything of it
     *     but the functions
     * @param functionsPerClass at most
     * @throws RuntimeException if the engine cannot compile it
     */
    public static GeneratedCode of(
            WasmModule module, WasmModule frame, int functionsPerClass, CodeLimits limits) {
        int fixedTable = fixedTable(module);
        Map<Integer, SortedMap<Integer, Integer>> fixedEntries = fixedEntries(module, fixedTable);
        Set<Integer> interpreted = Set.of();
        while (true) {
            CompilerResult outline = outline(frame, functionsPerClass, interpreted);
            var indirect =
                    new TableCallCode(
                            functionsPerClass, functions(module), fixedTable, fixedEntries);
            var classes = new HashMap<String, byte[]>();
            outline.classBytes()
                    .forEach((name, bytes) -> {
                        if (!name.startsWith(EngineFunctions.GROUP) && !name.startsWith(SWITCH)) {
                            // One of the engine's names has slashes.
                            classes.put(name.replace('/', '.'), indirect.rewrite(bytes));
                        }
                    });
            classes.putAll(indirect.callers());
            var functions =
                    new EngineFunctions(
                            module, functionsPerClass, indirect.owners(), interpreted.isEmpty());
            var made = new FunctionClasses(functions, limits, interpreted);
            outline.classBytes()
                    .forEach((name, bytes) -> {
                        if (name.startsWith(EngineFunctions.GROUP)) {
                            made.add(name, bytes);
                        }
                    });
            if (made.refused().isEmpty()) {
                classes.putAll(made.classes());
                return new GeneratedCode(
                        classes, outline.collector().mainClassName(), interpreted, made.split());
            }
            interpreted = Set.copyOf(made.refused());
        }
    }

    private static int functions(WasmModule module) {
        return module.importSection().count(ExternalType.FUNCTION)
                + module.functionSection().functionCount();
    }

    /**
     * Entries of table 0 if it is the same in all instances and stays so; 0 if the module has none,
     * takes it from elsewhere, begins it by what it takes from elsewhere, or has instructions that
     * change tables.
     */
    private static int fixedTable(WasmModule module) {
        boolean fixed =
                module.tableSection().tableCount() > 0
                        && module.importSection().count(ExternalType.TABLE) == 0
                        && module.importSection().count(ExternalType.GLOBAL) == 0
                        && IntStream.range(0, module.codeSection().functionBodyCount())
                                .noneMatch(body -> changesTables(module, body));
        return fixed ? (int) module.tableSection().getTable(0).limits().min() : 0;
    }

    /**
     * The module's own functions in such a table by their type and their entry; none if it cannot
     * be told which entries it sets.
     *
     * @param size of the table, or 0; a segment beyond it has no entries, as no instance is made
     */
    private static Map<Integer, SortedMap<Integer, Integer>> fixedEntries(
            WasmModule module, int size) {
        var functions = new HashMap<Integer, Integer>();
        for (Element segment : module.elementSection().elements()) {
            if (segment instanceof ActiveElement active && active.tableIndex() == 0) {
                int entry = (int) operand(active.offset(), OpCode.I32_CONST);
                if (entry < 0) {
                    return Map.of();
                }
                for (List<Instruction> initial : active.initializers()) {
                    functions.put(entry++, (int) operand(initial, OpCode.REF_FUNC));
                }
            }
        }
        int imported = module.importSection().count(ExternalType.FUNCTION);
        var byType = new HashMap<Integer, SortedMap<Integer, Integer>>();
        functions.forEach((entry, function) -> {
            if (function >= imported && entry >= 0 && entry < size) {
                int type = module.functionSection().getFunctionType(function - imported);
                byType.computeIfAbsent(type, t -> new TreeMap<>()).put(entry, function);
            }
        });
        return byType;
    }

    /** The operand of the one instruction of a constant expression, or a negative number. */
    private static long operand(List<Instruction> expression, OpCode opcode) {
        return expression.size() <= 2 && expression.getFirst().opcode() == opcode
                ? expression.getFirst().operand(0)
                : -1;
    }

    private static boolean changesTables(WasmModule module, int body) {
        return module.codeSection().getFunctionBody(body).instructions().stream()
                .anyMatch(instruction -> CHANGES_TABLES.contains(instruction.opcode()));
    }

    private static CompilerResult outline(
            WasmModule frame, int functionsPerClass, Set<Integer> interpreted) {
        return Compiler.builder(frame)
                .withMaxFunctionsPerClass(functionsPerClass)
                .withInterpreterFallback(InterpreterFallback.FAIL)
                .withInterpretedFunctions(interpreted)
                .withClassCollectorFactory(ByteClassCollector::new)
                .build()
                .compile();
    }
}
