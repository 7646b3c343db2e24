package dev.jetway.server.config.spin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.server.config.spin.Variables.Unknown;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.TomlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VariablesTest {
    private static final String MANIFEST =
            """
            [variables]
            name = { default = "Ada" }
            secret_key = { required = true, secret = true }
            nested = { default = "{{ name }}" }
            long = { default = "%s" }
            """
                    .formatted("x".repeat(Variables.MAX_TEXT / 2));

    @TempDir Path folder = Path.of("");

    private final Problems problems = new Problems();

    private Variables read(List<Map<String, String>> given) {
        return TomlFile.read(_ -> Optional.of(MANIFEST), "spin.toml", problems)
                .map(root -> new Section(root, "spin.toml", problems))
                .map(top -> Variables.read(top, given, problems))
                .orElseThrow();
    }

    private Variables read() {
        return read(List.of(Map.of("SPIN_VARIABLE_SECRET_KEY", "s3", "name", "x", "NAME", "y")));
    }

    @ParameterizedTest
    @CsvSource({
        "plain,                     plain",
        "'',                        ''",
        "{{ name }},                Ada",
        "{{name}}{{ secret_key }},  Adas3",
        "a {{ name }} b,            a Ada b",
        "{ {name} },                { {name} }",
        "}} {{ name }},             }} Ada",
        "{{ nested }},              {{ name }}",
        "${env:HOME} {{ name }},    ${env:HOME} Ada",
    })
    void expand_names_areReplacedOnce(String template, String expected) {
        assertThat(read().expand(template, Unknown.REFUSED)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "{{ nam }},       there is no variable 'nam' — did you mean 'name'?",
        "{{ name },       '{{' has no '}}'",
        "{{ name }} {{,   '{{' has no '}}'",
        "{{ NAME }},      'there is no variable ''NAME'''",
    })
    void expand_whatIsNoVariable_isRefusedOrKept(String template, String reason) {
        assertThatThrownBy(() -> read().expand(template, Unknown.REFUSED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(reason);
        assertThat(read().expand(template, Unknown.KEPT))
                .isEqualTo(template.replace("{{ name }}", "Ada"));
    }

    @Test
    void expand_theText_isBounded() {
        assertThat(read().expand("{{ long }}{{ long }}", Unknown.REFUSED))
                .hasSize(Variables.MAX_TEXT);
        assertThatThrownBy(() -> read().expand("{{ long }}{{ long }}x", Unknown.KEPT))
                .hasMessageContaining("has more than 131072 characters");
    }

    @Test
    void read_theEnvironment_winsOverTheFileAndTheDefault() {
        Variables variables =
                read(
                        List.of(
                                Map.of("SPIN_VARIABLE_NAME", "environment"),
                                Map.of(
                                        "SPIN_VARIABLE_NAME", "file",
                                        "SPIN_VARIABLE_SECRET_KEY", "key")));

        assertThat(variables.expand("{{ name }} {{ secret_key }}", Unknown.REFUSED))
                .isEqualTo("environment key");
        assertThat(problems.hasErrors()).isFalse();
    }

    @Test
    void read_aSecretInAProblem_isNotShown() {
        Variables variables = read(List.of(Map.of("SPIN_VARIABLE_SECRET_KEY", "hush\0")));

        assertThat(variables.unknownIn("{{ secret_key }} {{ other }}")).containsExactly("other");
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().toString()).doesNotContain("hush").contains("NUL");
    }

    @ParameterizedTest
    @CsvSource({
        "A=b,                b",
        "A = b c  ,          b c",
        "export A=b,         b",
        "A=\"b # c\",        b # c",
        "A=\"b\\n\\\"c\" # d, 'b\n\"c'",
        "A=b # c,            b",
        "A=b#c,              b#c",
        "A=,                 ''",
    })
    void envFile_lines(String line, String value) throws IOException {
        Path file = Files.writeString(folder.resolve(".env"), "# x\n\n" + line + "\nA=second\n");

        assertThat(EnvFile.read(file, problems)).containsEntry("A", value);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void envFile_isBounded() throws IOException {
        Path file =
                Files.writeString(folder.resolve(".env"), "A=" + "x".repeat(EnvFile.MAX_BYTES - 2));
        assertThat(EnvFile.read(file, problems)).containsKey("A");
        Files.writeString(file, "A=" + "x".repeat(EnvFile.MAX_BYTES - 1));

        assertThat(EnvFile.read(file, problems)).isEmpty();
        assertThat(problems.all().toString()).contains(".env: error: is larger than");
        assertThat(EnvFile.read(folder.resolve("none"), problems)).isEmpty();
    }
}
