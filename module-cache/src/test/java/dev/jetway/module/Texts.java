package dev.jetway.module;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.TextAssembler;
import java.nio.charset.StandardCharsets;

/** WebAssembly text to binary, for tests. */
final class Texts {
    private static final TextAssembler.Assembler PROGRAM = program();
    private static final TextAssembler ASSEMBLER =
            new TextAssembler(TextAssembler.Bounds.of(ByteSize.ofMebibytes(64)), 1, Thread::new);

    private Texts() {}

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

    static byte[] assemble(String text) throws ModuleException {
        return ASSEMBLER.assemble(text.getBytes(StandardCharsets.UTF_8), PROGRAM);
    }
}
