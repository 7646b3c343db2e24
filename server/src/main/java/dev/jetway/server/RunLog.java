package dev.jetway.server;

import dev.jetway.cgi.LogText;
import dev.jetway.cgi.RunListener;
import dev.jetway.cgi.RunRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request that a guest failed; what went well or was the client's is debug. */
final class RunLog implements RunListener {
    private static final Logger LOG = LoggerFactory.getLogger("jetway.run");

    @Override
    public void ended(RunRecord record) {
        boolean operator =
                switch (record.outcome()) {
                    case "ok", "no-route", "bad-request", "body-limit", "client-gone" -> false;
                    default -> true;
                };
        if (operator) {
            LOG.warn("{}", new Line(record));
        } else {
            LOG.debug("{}", new Line(record));
        }
    }

    /** Formats only when the line is written. */
    private record Line(RunRecord run) {
        @Override
        public String toString() {
            return "route "
                    + run.route().map(Object::toString).orElse("-")
                    + ": "
                    + LogText.escape(run.method())
                    + " "
                    + run.status()
                    + " "
                    + run.outcome()
                    + (run.detail().isEmpty() ? "" : ": " + LogText.escape(run.detail()))
                    + " ("
                    + run.duration().toMillis()
                    + " ms, guest "
                    + run.guestTime().toMillis()
                    + " ms)";
        }
    }
}
