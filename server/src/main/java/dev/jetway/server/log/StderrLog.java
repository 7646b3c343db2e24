package dev.jetway.server.log;

import dev.jetway.gateway.GuestLog;
import dev.jetway.gateway.log.GuestLines;
import dev.jetway.route.Route;
import dev.jetway.server.tenant.GuestLogs;
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
        return request -> new GuestLines(new Target(route, request));
    }

    /** The log that takes the lines of one guest, found when it writes its first. */
    private final class Target implements Consumer<String> {
        private final Route route;
        private final String request;
        private @Nullable Consumer<String> found;

        Target(Route route, String request) {
            this.route = route;
            this.request = request;
        }

        @Override
        public void accept(String line) {
            if (found == null) {
                found = find();
            }
            found.accept(line);
        }

        private Consumer<String> find() {
            var origin = new ErrorLog.Origin(request, "stderr", route.pattern().text());
            return errors.flatMap(log -> log.lines(Optional.of(route.site()), origin))
                    .<Consumer<String>>map(lines -> lines::add)
                    .orElse(text ->
                            LOG.info("site {} route {}: {}", route.site(), route.pattern(), text));
        }
    }
}
