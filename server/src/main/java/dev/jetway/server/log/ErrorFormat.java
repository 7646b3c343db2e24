package dev.jetway.server.log;

import java.time.Instant;

/** The forms of a line of a site's error log. */
public enum ErrorFormat {
    /** Time, id, source and route, then the text. */
    TEXT {
        @Override
        String of(Instant time, ErrorLog.Origin origin, String text) {
            return time
                    + " "
                    + origin.id()
                    + " "
                    + origin.source()
                    + " "
                    + origin.route()
                    + ": "
                    + text;
        }
    },
    /** A JSON object. */
    JSON {
        @Override
        String of(Instant time, ErrorLog.Origin origin, String text) {
            var line = new JsonLine();
            line.text("time", time.toString());
            line.text("id", origin.id());
            line.text("source", origin.source());
            line.text("route", origin.route());
            line.text("text", text);
            return line.end();
        }
    };

    /** The line without its end. */
    abstract String of(Instant time, ErrorLog.Origin origin, String text);
}
