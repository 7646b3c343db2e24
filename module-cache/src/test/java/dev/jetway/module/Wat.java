package dev.jetway.module;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import dev.jetway.base.ByteSize;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.TextAssembler;
import java.nio.charset.StandardCharsets;

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
}
