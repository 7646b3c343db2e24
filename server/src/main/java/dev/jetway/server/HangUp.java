package dev.jetway.server;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/** {@code SIGHUP}: the server reads its configuration again, as others on Unix do. */
@SuppressWarnings("sunapi") // Java has no other way to take a signal.
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /** From now on. Does nothing where there is no such signal. */
    static void onSignal(JetwayServer server) {
        try {
            Signal.handle(new Signal("HUP"), _ -> reload(server));
        } catch (IllegalArgumentException e) {
            LOG.debug("this system has no SIGHUP, or the JVM was told to leave it alone", e);
        }
    }

    private static void reload(JetwayServer server) {
        try {
            server.reload();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
