package dev.jetway.server.log;

import dev.jetway.base.LogText;
import dev.jetway.gateway.GuestLog;
import dev.jetway.route.Route;
import dev.jetway.server.tenant.GuestLogs;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The standard error of guests as lines of the server's log, each with the route's name. */
public final class StderrLog implements GuestLogs {
    /** Maximum bytes of a line; longer ones are split. */
    static final int MAX_LINE = 4096;

    private static final Logger LOG = LoggerFactory.getLogger("jetway.guest");

    @Override
    public GuestLog of(Route route) {
        return _ -> new Lines(route);
    }

    private static final class Lines extends OutputStream {
        private final Route route;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);

        Lines(Route route) {
            this.route = route;
        }

        @Override
        public void write(int b) {
            if (b == '\n') {
                flushLine();
                return;
            }
            line.write(b);
            if (line.size() >= MAX_LINE) {
                flushLine();
            }
        }

        private void flushLine() {
            LOG.info(
                    "site {} route {}: {}",
                    route.site(),
                    route.pattern(),
                    LogText.escape(line.toString(StandardCharsets.UTF_8).stripTrailing()));
            line.reset();
        }

        @Override
        public void close() {
            if (line.size() > 0) {
                flushLine();
            }
        }
    }
}
