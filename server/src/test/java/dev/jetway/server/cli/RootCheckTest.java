package dev.jetway.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.ServerSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RootCheckTest {
    @TempDir private Path folder;
    private final StringWriter messages = new StringWriter();

    private void check(String address, boolean root, Map<String, String> environment)
            throws Exception {
        Files.writeString(
                folder.resolve("jetway.toml"),
                "[server]\nlisten = \""
                        + address
                        + "\"\n[[route]]\npath = \"/\"\nmodule = \"a.wasm\"\n");
        ServerSettings settings = new ConfigurationReader(folder, 2).read(folder).server();
        RootCheck.check(
                settings,
                new LaunchEnvironment(environment, folder, folder, "1", 2, root),
                new PrintWriter(messages, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:8080", "[::]:80", "192.0.2.1:443"})
    void rootDoesNotServeOtherMachines(String address) {
        assertThatThrownBy(() -> check(address, true, Map.of()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining(address)
                .hasMessageContaining("runuser -u USER -- jetway serve")
                .hasMessageContaining("deploy/jetway.service")
                .hasMessageContaining("AmbientCapabilities=CAP_NET_BIND_SERVICE")
                .hasMessageContaining("sysctl net.ipv4.ip_unprivileged_port_start=80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:80", "[::1]:80", "localhost:80"})
    void rootIsWarnedWhereOnlyThisMachineIsServed(String address) throws Exception {
        check(address, true, Map.of());

        assertThat(messages.toString()).contains("warning: running as root");
    }

    @Test
    void rootServesOtherMachinesIfAllowed() throws Exception {
        check("0.0.0.0:80", true, Map.of(RootCheck.ALLOWED, "1"));

        assertThat(messages.toString()).contains("warning: running as root");
    }

    @Test
    void anyOtherUserServesOtherMachines() throws Exception {
        check("0.0.0.0:80", false, Map.of());

        assertThat(messages.toString()).isEmpty();
    }
}
