package dev.jetway.module.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table of the binary format's rules. */
final class EngineFormTest {
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private static List<String> rows() throws Exception {
        try (InputStream in = EngineFormTest.class.getResourceAsStream("format.txt")) {
            byte[] bytes = Objects.requireNonNull(in).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .toList();
        }
    }

    private static byte[] module(String hex) {
        byte[] content = HexFormat.of().parseHex(hex.replace(" ", ""));
        return new BinaryWriter().raw(HEADER).raw(content).bytes();
    }

    private static String reading(String hex) {
        try {
            EngineForm.of(module(hex));
            return "read";
        } catch (BinaryException e) {
            return Objects.requireNonNull(e.getMessage());
        }
    }

    @Test
    void everyRowOfTheTable() throws Exception {
        var wrong = new ArrayList<String>();
        List<String> rows = rows();
        for (String row : rows) {
            String[] sides = row.split("\\|", -1);
            String said = reading(sides[0]);
            if (!said.contains(sides[1].strip())) {
                wrong.add(row + ": " + said);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(rows).hasSizeGreaterThan(100);
    }

    /** The largest valid number of each size, and one beyond it. */
    @ParameterizedTest
    @CsvSource({
        "u32, 00, 0",
        "u32, 7f, 127",
        "u32, 80 00, 0",
        "u32, ff ff ff ff 0f, -1",
        "u32, ff ff ff ff 1f, too large",
        "u32, 80 80 80 80 80 00, too long",
        "u32, 80, unexpected end",
        "s32, 7f, -1",
        "s32, ff ff ff ff 07, 2147483647",
        "s32, ff ff ff ff 0f, too large",
        "s32, 80 80 80 80 78, -2147483648",
        "s32, 80 80 80 80 70, too large",
        "s33, 40, -64",
        "s33, e4 00, 100",
        "s33, 64, -28",
        "s33, ff ff ff ff 0f, 4294967295",
        "s33, ff ff ff ff 1f, too large",
        "s33, 80 80 80 80 70, -4294967296",
        "s64, ff ff ff ff ff ff ff ff ff 00, 9223372036854775807",
        "s64, ff ff ff ff ff ff ff ff ff 01, too large",
        "s64, 80 80 80 80 80 80 80 80 80 7f, -9223372036854775808",
        "s64, 80 80 80 80 80 80 80 80 80 7e, too large",
        "s64, 80 80 80 80 80 80 80 80 80 80 00, too long",
    })
    void numbers(String type, String hex, String expected) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        var in = new BinaryReader(bytes, 0, bytes.length);
        String found;
        try {
            found =
                    String.valueOf(
                            switch (type) {
                                case "u32" -> in.u32();
                                case "s32" -> in.s32();
                                case "s33" -> in.s33();
                                default -> in.s64();
                            });
        } catch (BinaryException e) {
            found = Objects.requireNonNull(e.getMessage());
        }
        assertThat(found).contains(expected);
    }

    @Test
    void customSectionsAreGone() throws Exception {
        byte[] form = EngineForm.of(module("00 02 01 61 01 04 01 60 00 00 00 05 04 6e 61 6d 65"));

        assertThat(form).isEqualTo(module("01 04 01 60 00 00"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "€uro", "a→b", "😀", "\u0001x", "\u0000", "\ud7ff"})
    void namesOfImports_escaped_canBeTurnedBack(String name) {
        String escaped = ImportText.escaped(name);

        assertThat(escaped).isNotEmpty().matches("\\p{ASCII}+");
        assertThat(ImportText.original(escaped)).isEqualTo(name);
    }

    /** Valid forms: when this fails, the engine reads them right, and we need not rewrite them. */
    @ParameterizedTest
    @CsvSource({
        "an import's name, 01 04 01 60 00 00 02 0a 01 03 e2 82 ac 02 61 62 00 00",
        "two empty names, 01 04 01 60 00 00 02 05 01 00 00 00 00",
        "a custom section's name, 00 04 03 e2 82 ac",
        "debug names that are cut, 00 0a 04 6e 61 6d 65 01 7f ff ff 00",
    })
    void theEngineAloneRefuses(String what, String hex) {
        assertThat(reading(hex)).isEqualTo("read");
        assertThat(engineReads(hex)).as(what).isFalse();
    }

    /** Invalid forms: when this fails, the engine refuses them too. */
    @ParameterizedTest
    @CsvSource({
        "names that are doubled, 05 03 01 00 01 07 09 02 01 61 02 00 01 61 02 00",
        "an export of nothing, 07 05 01 01 61 03 00",
        "an export's name, 05 03 01 00 01 07 05 01 01 ff 02 00",
    })
    void theEngineAloneAccepts(String what, String hex) {
        assertThat(reading(hex)).isNotEqualTo("read");
        assertThat(engineReads(hex)).as(what).isTrue();
    }

    private static boolean engineReads(String hex) {
        try {
            Parser.parse(module(hex));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
