package dev.jetway.gateway;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.Limit;
import dev.jetway.failure.Outcome;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The record of one request, or of one pass of it: the only source of metrics and logs. Immutable.
 *
 * @param site the route's site, if one matched
 * @param route the route's pattern, if one matched
 * @param head of the request; after a redirect inside the server, of the last request
 * @param user the authenticated user, if the route demands one
 * @param goesOn whether another record of the request follows
 * @param status sent to the client; 0 if the connection was cut
 * @param outcome the end of the request
 * @param detail the cause of a failure, for the log; empty if there is none
 * @param limits the limits that were hit
 * @param duration from the request's arrival to the end of its guest
 * @param startTime from the guest's slot to its first instruction; zero if it has executed none
 * @param guestTime run time of the guest
 * @param cpuTime processor time of the guest
 * @param bodyIn bytes of the request's body
 * @param bodyOut bytes of the response's body, which may be that of an error page
 * @param memory linear memory at the guest's end
 */
public record RunRecord(
        Optional<Site> site,
        Optional<RoutePattern> route,
        RequestHead head,
        Optional<String> user,
        boolean goesOn,
        int status,
        Outcome outcome,
        String detail,
        List<Limit> limits,
        Duration duration,
        Duration startTime,
        Duration guestTime,
        Duration cpuTime,
        long bodyIn,
        long bodyOut,
        ByteSize memory) {
    /** Copies the list. */
    public RunRecord {
        limits = List.copyOf(limits);
    }

    /** The client's method. */
    public String method() {
        return head.redirection().map(Redirection::method).orElse(head.method());
    }
}
