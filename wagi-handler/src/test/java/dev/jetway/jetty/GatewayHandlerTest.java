package dev.jetway.jetty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GatewayHandlerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "12.1.0",
                "12.1.14",
                "12.10.0",
                "12.1.0.beta2",
                "13.0.0",
                "12.1.z-SNAPSHOT",
                ""
            })
    void aJettyThatIsNewEnoughOrUnknownIsTaken(String version) {
        assertThatCode(() -> GatewayHandler.requireVersion(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.0.30", "11.0.26", "9.4.58.v20250814"})
    void anOlderJettyIsNamedWithWhatToDo(String version) {
        assertThatThrownBy(() -> GatewayHandler.requireVersion(version))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Jetway needs Jetty 12.1 or newer, this server is Jetty "
                                + version
                                + ": update it");
    }
}
