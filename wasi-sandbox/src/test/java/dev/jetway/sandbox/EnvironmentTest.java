package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteText;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layout of {@code environ_get}: pointers to texts that end with NUL. */
final class EnvironmentTest {
    private static final int TEXTS = 0x4000;

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = TestSandbox.open();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    static Stream<List<String>> values() {
        return Stream.of(
                List.of(),
                List.of("a"),
                List.of("", ""),
                List.of("a?b", "plain", "?"),
                List.of("é", "plain", "안녕", "😀", "plain"),
                List.of("plain", ByteText.ofLatin1("\u00ff\u0080"), "plain"),
                Collections.nCopies(200, "many"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void pointersLeadToTheTextsOfAllVariables(List<String> values) throws Exception {
        var program = new GuestProgram("environment.wat");
        var texts = new ByteArrayOutputStream();
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < values.size(); i++) {
            program.with("V" + i, values.get(i));
            starts.add(TEXTS + texts.size());
            texts.writeBytes(("V" + i + "=").getBytes(StandardCharsets.UTF_8));
            texts.writeBytes(ByteText.encode(values.get(i)));
            texts.write(0);
        }
        var pointers = ByteBuffer.allocate(4 * starts.size()).order(ByteOrder.LITTLE_ENDIAN);
        starts.forEach(pointers::putInt);
        var expected = new ByteArrayOutputStream();
        expected.writeBytes(pointers.array());
        expected.writeBytes(texts.toByteArray());

        var out = new ByteArrayOutputStream();
        program.prepare(sandbox, out, new ByteArrayOutputStream()).execute();

        assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
    }
}
