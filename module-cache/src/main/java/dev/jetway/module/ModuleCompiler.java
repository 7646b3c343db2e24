package dev.jetway.module;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.jetway.base.OneLine;
import dev.jetway.module.binary.BinaryException;
import dev.jetway.module.binary.EngineForm;
import dev.jetway.module.binary.LongLoops;
import dev.jetway.module.binary.ManyValues;
import dev.jetway.module.binary.TailCalls;
import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.module.codegen.GeneratedCode;
import dev.jetway.module.correction.EngineCorrections;
import dev.jetway.module.source.InterpreterMarks;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.ByteArrayInputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Compiles a binary to an image, with the engine's parser and compiler. */
public final class ModuleCompiler {
    /**
     * Maximum, by measurement (docs/performance.md, "Compiler options"); part of the cache's key.
     */
    static final int FUNCTIONS_PER_CLASS = 64;

    /** The interpreter follows these into the body of any function, compiled or not. */
    private static final Set<OpCode> NEEDS_BODIES =
            EnumSet.of(
                    OpCode.RETURN_CALL,
                    OpCode.RETURN_CALL_INDIRECT,
                    OpCode.RETURN_CALL_REF,
                    OpCode.CALL_REF);

    private static final Set<OpCode> CALLS_BY_REFERENCE =
            EnumSet.of(OpCode.CALL_REF, OpCode.RETURN_CALL_REF);

    private ModuleCompiler() {}

    /**
     * Compiles every function and splits large ones into methods that the JIT compiles. A function
     * that cannot be split keeps its body.
     *
     * @throws ModuleException if the binary is not valid or beyond the engine
     */
    public static ModuleImage compile(byte[] binary) throws ModuleException {
        return compile(binary, FUNCTIONS_PER_CLASS, CodeLimits.DEFAULT);
    }

    /**
     * Compiles with other sizes of classes and methods.
     *
     * @param functionsPerClass at most
     */
    public static ModuleImage compile(byte[] binary, int functionsPerClass, CodeLimits limits)
            throws ModuleException {
        Parsed parsed = parsed(binary);
        byte[] form = parsed.form();
        WasmModule wasm = parsed.wasm();
        try {
            GeneratedCode code =
                    GeneratedCode.of(wasm, frame(form, wasm), functionsPerClass, limits);
            ModuleImage image = image(form, wasm, code, InterpreterMarks.areIn(binary));
            MachineFactory.verify(image);
            return image;
        } catch (OutOfMemoryError e) {
            throw ModuleException.noMemory(e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            // Any failure: a guest's module must not bring down the server that compiles it.
            throw new ModuleException(
                    Reason.UNSUPPORTED, "cannot be compiled by the engine: " + OneLine.of(e));
        }
    }

    /** The form of a binary that the engine compiles, and what its parser makes of it. */
    @SuppressWarnings("ArrayRecordComponent") // Not compared.
    private record Parsed(byte[] form, WasmModule wasm) {}

    private static Parsed parsed(byte[] binary) throws ModuleException {
        byte[] form = form(binary);
        WasmModule wasm = parse(form);
        Optional<byte[]> lowered = lowered(form);
        if (lowered.isPresent()) {
            form = lowered.get();
            wasm = parse(form);
        }
        return new Parsed(form, wasm);
    }

    /**
     * Parses a binary that has been compiled, to make further code for it.
     *
     * @throws ModuleException if it is not valid
     */
    static WasmModule parsedAgain(byte[] binary) throws ModuleException {
        return parsed(binary).wasm();
    }

    private static byte[] form(byte[] binary) throws ModuleException {
        return rewritten(() -> LongLoops.shortened(EngineForm.of(binary)));
    }

    /** Requires a valid module: validation ends with an error where types are wrong. */
    private static Optional<byte[]> lowered(byte[] form) throws ModuleException {
        return rewritten(() -> {
            Optional<byte[]> calls = TailCalls.without(form);
            Optional<byte[]> values = ManyValues.without(calls.orElse(form));
            return values.or(() -> calls);
        });
    }

    /** A step from one binary to another. */
    private interface Rewriting<T> {
        T done() throws BinaryException;
    }

    private static <T> T rewritten(Rewriting<T> rewriting) throws ModuleException {
        try {
            return rewriting.done();
        } catch (BinaryException.Malformed e) {
            throw new ModuleException(Reason.MALFORMED, OneLine.of(e));
        } catch (BinaryException e) {
            throw new ModuleException(Reason.UNSUPPORTED, OneLine.of(e));
        } catch (OutOfMemoryError e) {
            throw ModuleException.noMemory(e);
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

    /** The module with stubs for all bodies. */
    private static WasmModule frame(byte[] binary, WasmModule wasm) {
        byte[] stripped = StrippedModule.of(binary, callsByReference(wasm));
        // A valid module stays valid without its bodies.
        Parser parser = Parser.builder().withValidation(false).build();
        return parser.parse(() -> new ByteArrayInputStream(stripped));
    }

    /** The types of functions called by reference, for which the engine prepares. */
    private static int[] callsByReference(WasmModule wasm) {
        return IntStream.range(0, wasm.functionSection().functionCount())
                .mapToObj(i -> wasm.codeSection().getFunctionBody(i).instructions().stream())
                .flatMap(instructions -> instructions)
                .filter(i -> CALLS_BY_REFERENCE.contains(i.opcode()))
                .mapToInt(i -> (int) i.operand(0))
                .distinct()
                .toArray();
    }

    private static ModuleImage image(
            byte[] binary, WasmModule wasm, GeneratedCode code, boolean interpreter) {
        Set<Integer> interpreted = code.interpreted();
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
        return new ModuleImage(
                stripped,
                interpreter,
                names,
                code.mainClass(),
                EngineCorrections.in(code.classes()));
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
