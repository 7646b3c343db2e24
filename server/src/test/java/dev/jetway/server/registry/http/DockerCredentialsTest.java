package dev.jetway.server.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DockerCredentialsTest {
    /** {@code me:secret:x}. */
    private static final String AUTH = "bWU6c2VjcmV0Ong=";

    @TempDir private Path folder;

    private DockerCredentials file(String text) throws IOException {
        return new DockerCredentials(Files.writeString(folder.resolve("config.json"), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r.example|r.example",
                "r.example:5000|r.example:5000",
                "https://r.example|r.example",
                "https://r.example/|r.example",
                "https://r.example/v2/|r.example",
                "https://index.docker.io/v1/|docker.io",
            })
    void of_aHost_isFoundUnderItsNames(String name, String host) throws Exception {
        DockerCredentials file =
                file("{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(name, AUTH));

        assertThat(file.of(host)).contains(new Credential("me", "secret:x"));
        assertThat(file.of("other.example")).isEmpty();
        assertThat(file.of(host + ".evil.example")).isEmpty();
    }

    @Test
    void of_noFile_isNone() throws Exception {
        assertThat(new DockerCredentials(folder.resolve("none")).of("r")).isEmpty();
    }

    @Test
    void of_noEntry_isNone() throws Exception {
        assertThat(file("{}").of("r")).isEmpty();
        assertThat(file("{\"auths\":{\"r\":{}}}").of("r")).isEmpty();
        assertThat(file("{\"auths\":[],\"credsStore\":\"x\"}").of("r")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"credHelpers\":{\"r\":\"gcr\"}}|the helper 'gcr', and no helper is run",
                "{\"auths\":{\"r\":{}},\"credsStore\":\"desktop\"}|the helper 'desktop'",
                "{\"auths\":{\"r\":{\"identitytoken\":\"x\"}}}|identity token",
                "{\"auths\":{\"r\":{\"auth\":\"!\"}}}|damaged",
                "{\"auths\":{\"r\":{\"auth\":\"bWU=\"}}}|damaged",
                "{\"auths\":|not JSON",
                "[]|not JSON",
            })
    void of_whatCannotBeUsed_isTold(String text, String told) throws IOException {
        DockerCredentials file = file(text);

        assertThatThrownBy(() -> file.of("r"))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(told);
    }

    @ParameterizedTest
    @CsvSource({"1048576, true", "1048577, false"})
    void of_aFile_isReadUpToItsBound(int size, boolean read) throws Exception {
        DockerCredentials file = file("{}" + " ".repeat(size - 2));

        if (read) {
            assertThat(file.of("r")).isEmpty();
        } else {
            assertThatThrownBy(() -> file.of("r")).hasMessageContaining("1 MiB");
        }
    }

    @Test
    void toString_hasNoPassword() {
        assertThat(new Credential("me", "secret")).hasToString("credential of me");
    }
}
