package dev.jetway.module.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterpreterMarksTest {
    @ParameterizedTest
    @CsvSource({
        "the auto_prepend_file of PHP, true",
        "PERL5LIB, true",
        "PYTHONHOME=, true",
        "RUBYLIB, true",
        "std.evalScript, true",
        "LUA_INIT_5_4, true",
        "BusyBox v1.36, true",
        "a program that speaks of PHP and Perl, false",
        "'', false",
    })
    void anInterpreterIsKnownByWhatIsInIt(String content, boolean interpreter) {
        byte[] module = ("\0asm" + content + "\0").getBytes(StandardCharsets.UTF_8);

        assertThat(InterpreterMarks.areIn(module)).isEqualTo(interpreter);
    }
}
