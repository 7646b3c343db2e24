package dev.jetway.server.log;

import dev.jetway.base.LogText;
import dev.jetway.gateway.GuestLog;
import dev.jetway.route.Route;
import dev.jetway.server.tenant.GuestLogs;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard error of guests as lines: of the site's error log, or of the server's log if the
 * site has none. Safe to share between threads.
 */
public final class StderrLog implements GuestLogs {
    /** Maximum bytes of a line; longer ones are split. */
    static final int MAX_LINE = 4096;

    private static final Logger LOG = LoggerFactory.getLogger("jetway.guest");

    private final Optional<ErrorLog> errors;

    /**
     * A log.
     *
     * @param errors the error logs of sites
     */
    public StderrLog(Optional<ErrorLog> errors) {
        this.errors = errors;
    }

    @Override
    public GuestLog of(Route route) {
        return request -> new Lines(route, request);
    }

    private final class Lines extends OutputStream {
        private final Route route;
        private final String request;
        private @Nullable Consumer<String> target;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);

        Lines(Route route, String request) {
            this.route = route;
            this.request = request;
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
            if (target == null) {
                target = target();
            }
            target.accept(LogText.escape(line.toString(StandardCharsets.UTF_8).stripTrailing()));
            line.reset();
        }

        private Consumer<String> target() {
            var origin = new ErrorLog.Origin(request, "stderr", route.pattern().text());
            return errors.flatMap(log -> log.lines(Optional.of(route.site()), origin))
                    .<Consumer<String>>map(lines -> lines::add)
                    .orElse(text ->
                            LOG.info("site {} route {}: {}", route.site(), route.pattern(), text));
        }

        @Override
        public void close() {
            if (line.size() > 0) {
                flushLine();
            }
        }
    }
}
