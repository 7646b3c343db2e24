package dev.jetway.module.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.base.ByteSize;
import dev.jetway.module.CompiledModule;
import dev.jetway.module.Fixtures;
import dev.jetway.module.ModuleCompiler;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.source.TextAssembler.Assembler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class TextAssemblerTest {
    private static final byte[] SMALL = "(module)".getBytes(StandardCharsets.UTF_8);

    private static Assembler program;
    private static int smallBinary;

    @BeforeAll
    static void compile() throws ModuleException {
        byte[] binary = TextAssembler.program();
        CompiledModule compiled =
                CompiledModule.link(ModuleBytes.digest(binary), ModuleCompiler.compile(binary));
        program = new Assembler(compiled.wasm(), compiled.machineFactory());
        smallBinary = assembler(new ByteSize(100)).assemble(SMALL, program).length;
    }

    private static TextAssembler assembler(ByteSize outputLimit) {
        return new TextAssembler(TextAssembler.Bounds.of(outputLimit), 1, Thread::new);
    }

    @Test
    void theBinaryMayBeAsLargeAsAModule() throws Exception {
        var assembler = assembler(new ByteSize(smallBinary));

        assertThat(assembler.assemble(SMALL, program)).hasSize(smallBinary);
    }

    @Test
    void aLargerBinaryIsRefused() {
        var assembler = assembler(new ByteSize(smallBinary - 1));

        assertThatThrownBy(() -> assembler.assemble(SMALL, program))
                .extracting("reason")
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void textThatTakesTooLongIsRefused() {
        var assembler = within(Duration.ofMillis(5), 4096);

        assertThatThrownBy(() -> assembler.assemble(Fixtures.tooLarge("call $small"), program))
                .hasMessageContaining("it took longer than 5 ms")
                .extracting("reason")
                .isEqualTo(Reason.BAD_TEXT);
    }

    private static TextAssembler within(Duration time, int pages) {
        return new TextAssembler(
                new TextAssembler.Bounds(ByteSize.ofMebibytes(8), time, pages), 1, Thread::new);
    }

    @Test
    void textThatTakesTooMuchMemoryIsRefused() throws Exception {
        byte[] text = Fixtures.tooLarge("call $small");
        var minute = Duration.ofMinutes(1);

        assertThat(within(minute, 4096).assemble(text, program)).isNotEmpty();
        assertThatThrownBy(() -> within(minute, 16).assemble(text, program))
                .extracting("reason")
                .isEqualTo(Reason.BAD_TEXT);
        assertThat(within(minute, 16).assemble(SMALL, program)).hasSize(smallBinary);
    }

    @Test
    void parenthesesWithoutEndAreAnError() {
        byte[] deep = "(".repeat(TextAssembler.MAX_TEXT).getBytes(StandardCharsets.UTF_8);
        var assembler = assembler(ByteSize.ofMebibytes(1));

        assertThatThrownBy(() -> assembler.assemble(deep, program))
                .isInstanceOf(ModuleException.class)
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(500);
    }
}
