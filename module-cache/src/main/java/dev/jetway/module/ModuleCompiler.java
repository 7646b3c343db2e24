package dev.jetway.module;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.jetway.base.OneLine;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.ByteArrayInputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A binary to an image, by the engine's parser and compiler. */
public final class ModuleCompiler {
    /**
     * At most, by measurement (docs/performance.md, "Compiler options"); part of the cache's key.
     */
    static final int FUNCTIONS_PER_CLASS = 64;

    /** The interpreter follows these into the body of any function, compiled or not. */
    private static final Set<OpCode> NEEDS_BODIES =
            EnumSet.of(
                    OpCode.RETURN_CALL,
                    OpCode.RETURN_CALL_INDIRECT,
                    OpCode.RETURN_CALL_REF,
                    OpCode.CALL_REF);

    private ModuleCompiler() {}

    /**
     * Compiles every function that fits into a method of the JVM; the others keep their bodies.
     *
     * @throws ModuleException if the binary is not valid or beyond the engine
     */
    public static ModuleImage compile(byte[] binary) throws ModuleException {
        return compile(binary, FUNCTIONS_PER_CLASS);
    }

    /**
     * The same with classes of another size.
     *
     * @param functionsPerClass at most; fewer if a class would be too large for the JVM
     */
    public static ModuleImage compile(byte[] binary, int functionsPerClass) throws ModuleException {
        WasmModule wasm = parse(binary);
        try {
            // The engine's public builder does not tell which functions fell back.
            CompilerResult result =
                    Compiler.builder(wasm)
                            .withMaxFunctionsPerClass(functionsPerClass)
                            .withInterpreterFallback(InterpreterFallback.SILENT)
                            .withClassCollectorFactory(ByteClassCollector::new)
                            .build()
                            .compile();
            ModuleImage image = image(binary, wasm, result);
            MachineFactory.verify(image);
            return image;
        } catch (OutOfMemoryError e) {
            throw ModuleException.noMemory(e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Anything: a guest's module must not bring down the server that compiles it.
            throw new ModuleException(
                    Reason.UNSUPPORTED, "cannot be compiled by the engine: " + OneLine.of(e));
        }
    }

    private static WasmModule parse(byte[] binary) throws ModuleException {
        try {
            return Parser.builder().build().parse(() -> new ByteArrayInputStream(binary));
        } catch (OutOfMemoryError e) {
            throw ModuleException.noMemory(e);
        } catch (RuntimeException | StackOverflowError e) {
            // The parser trusts counts and indices: damage shows in any of these.
            throw new ModuleException(
                    Reason.MALFORMED, "is not a valid WebAssembly module: " + OneLine.of(e));
        }
    }

    private static ModuleImage image(byte[] binary, WasmModule wasm, CompilerResult result) {
        Set<Integer> interpreted = result.interpretedFunctions();
        int imported = wasm.importSection().count(ExternalType.FUNCTION);
        boolean keepAll = interpreted.stream().anyMatch(f -> needsBodies(wasm, f - imported));
        byte[] stripped =
                StrippedModule.of(
                        binary,
                        i ->
                                keepAll || interpreted.contains(i + imported)
                                        ? Optional.of(wasm.codeSection().getFunctionBody(i))
                                        : Optional.empty());
        List<String> names =
                interpreted.stream()
                        .sorted()
                        .map(function -> describe(wasm, function, function - imported))
                        .toList();
        var classes = new HashMap<String, byte[]>();
        // The engine writes one of its names with slashes.
        result.classBytes().forEach((name, c) -> classes.put(name.replace('/', '.'), c));
        return new ModuleImage(stripped, names, result.collector().mainClassName(), classes);
    }

    private static boolean needsBodies(WasmModule wasm, int body) {
        return wasm.codeSection().getFunctionBody(body).instructions().stream()
                .anyMatch(i -> NEEDS_BODIES.contains(i.opcode()));
    }

    private static String describe(WasmModule wasm, int function, int body) {
        var names = wasm.nameSection();
        String name = names == null ? null : names.nameOfFunction(function);
        return String.format(
                Locale.ROOT,
                "function %d%s (%,d instructions)",
                function,
                name == null ? "" : " " + OneLine.of(name),
                wasm.codeSection().getFunctionBody(body).instructions().size());
    }
}
