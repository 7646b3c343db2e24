package dev.jetway.server.log;

import dev.jetway.base.LogText;
import dev.jetway.failure.Outcome;
import dev.jetway.gateway.RunRecord;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The forms of a line of the access log. */
public enum AccessFormat {
    /** Apache's combined format, which common log tools read. */
    COMBINED {
        @Override
        String of(RunRecord run, Instant time) {
            RequestHead head = run.head();
            return head.remote().address()
                    + " - "
                    + run.user().map(AccessFormat::quoted).orElse("-")
                    + " ["
                    + TIME.format(time)
                    + "] \""
                    + quoted(run.method())
                    + " "
                    + quoted(target(head))
                    + " "
                    + head.protocol()
                    + "\" "
                    + status(run)
                    + " "
                    + (run.bodyOut() == 0 ? "-" : Long.toString(run.bodyOut()))
                    + " \""
                    + field(head, "Referer")
                    + "\" \""
                    + field(head, "User-Agent")
                    + "\"";
        }
    },
    /** A JSON object that includes the guest's figures. */
    JSON {
        @Override
        String of(RunRecord run, Instant time) {
            RequestHead head = run.head();
            var line = new JsonLine();
            line.text("time", time.toString());
            line.text("id", head.id());
            line.text("site", run.site().map(Site::name).orElse("-"));
            line.text("route", run.route().map(RoutePattern::text).orElse("-"));
            line.text("client", head.remote().address());
            run.user().ifPresent(user -> line.text("user", user));
            line.text("method", run.method());
            line.text("target", target(head));
            line.text("protocol", head.protocol());
            line.number("status", status(run));
            line.text("outcome", run.outcome().label());
            line.number("bytes-in", run.bodyIn());
            line.number("bytes-out", run.bodyOut());
            line.number("duration-us", run.duration().toNanos() / 1000);
            line.number("start-us", run.startTime().toNanos() / 1000);
            line.number("guest-us", run.guestTime().toNanos() / 1000);
            line.number("cpu-us", run.cpuTime().toNanos() / 1000);
            line.number("memory", run.memory().bytes());
            head.field("Referer").ifPresent(text -> line.text("referer", text));
            head.field("User-Agent").ifPresent(text -> line.text("user-agent", text));
            return line.end();
        }
    };

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    /** nginx's status for a client that has gone before the answer. */
    private static final int CLIENT_GONE = 499;

    private static final int CUT = 502;

    /** The line without its end. */
    abstract String of(RunRecord run, Instant time);

    /** The client's own target, also after redirects inside the server. */
    private static String target(RequestHead head) {
        return head.redirection().map(Redirection::target).orElseGet(() -> head.target().raw());
    }

    /** The status; a response that was cut has none. */
    private static int status(RunRecord run) {
        if (run.status() != 0) {
            return run.status();
        }
        return run.outcome() == Outcome.CLIENT_GONE ? CLIENT_GONE : CUT;
    }

    private static String field(RequestHead head, String name) {
        Optional<String> value = head.field(name);
        return value.map(AccessFormat::quoted).orElse("-");
    }

    /** Quotes text as Apache does: no client can start a line or end a quotation. */
    private static String quoted(String text) {
        return LogText.escape(text).replace("\"", "\\\"");
    }
}
