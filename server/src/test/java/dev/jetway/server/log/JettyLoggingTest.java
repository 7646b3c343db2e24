package dev.jetway.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The levels of Jetty's own loggers in our server. */
final class JettyLoggingTest {
    /** Jetty warns of each request whose fields it refuses. */
    @Test
    void requestsRefusedByTheHttpLayerAreNotLoggedByJetty() {
        Logger parser = LoggerFactory.getLogger("org.eclipse.jetty.http.HttpParser");

        assertThat(parser.isWarnEnabled()).isFalse();
        assertThat(parser.isErrorEnabled()).isTrue();
    }
}
