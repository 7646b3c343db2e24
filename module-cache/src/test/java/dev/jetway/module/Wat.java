package dev.jetway.module;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.base.ByteSize;
import dev.jetway.module.codegen.CodeLimits;
import dev.jetway.module.codegen.EngineFunctions;
import dev.jetway.module.codegen.FunctionClasses;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.TextAssembler;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.MethodNode;

/** Text to a binary, and to an instance of compiled code. */
final class Wat {
    private static final TextAssembler.Assembler PROGRAM = program();
    private static final TextAssembler ASSEMBLER =
            new TextAssembler(TextAssembler.Bounds.of(ByteSize.ofMebibytes(64)), 1, Thread::new);

    private Wat() {}

    private static TextAssembler.Assembler program() {
        byte[] binary = TextAssembler.program();
        try {
            CompiledModule compiled =
                    CompiledModule.link(ModuleBytes.digest(binary), ModuleCompiler.compile(binary));
            return new TextAssembler.Assembler(compiled.wasm(), compiled.machineFactory());
        } catch (ModuleException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a local's change by a number. */
    static String next(String local, int step) {
        return "(local.set $%s (i32.add (local.get $%s) (i32.const %d)))"
                .formatted(local, local, step);
    }

    static byte[] binary(String text) throws ModuleException {
        return ASSEMBLER.assemble(text.getBytes(StandardCharsets.UTF_8), PROGRAM);
    }

    static Instance compiled(String text) throws ModuleException {
        return compiled(binary(text));
    }

    static Instance compiled(byte[] binary) throws ModuleException {
        return compiled(binary, ImportValues.empty());
    }

    static Instance compiled(byte[] binary, ImportValues imports) throws ModuleException {
        CompiledModule module = CompiledModule.link("0", ModuleCompiler.compile(binary));
        return Instance.builder(module.wasm())
                .withMachineFactory(module.machineFactory())
                .withMemoryFactory(Fixtures::memory)
                .withImportValues(imports)
                .build();
    }

    /**
     * The method that a class gets for a function that takes an {@code i32} and returns nothing.
     */
    static MethodNode code(String text, int function) throws Exception {
        return code(text, function, CodeLimits.DEFAULT);
    }

    static MethodNode code(String text, int function, CodeLimits limits) throws Exception {
        WasmModule module = Parser.parse(binary(text));
        var engine = new EngineFunctions(module, 64, Map.of(), false);
        MethodNode code =
                engine.code(
                        function,
                        "(ILcom/dylibso/chicory/runtime/Memory;Lcom/dylibso/chicory/runtime/Instance;)V");
        return new FunctionClasses(engine, limits, Set.of()).ready(code, "f").orElseThrow();
    }
}
