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
 * What became of one request, or of one pass of it: the only thing that metrics and logs see.
 * Immutable.
 *
 * @param site the route's site, if one matched
 * @param route the route's pattern, if one matched
 * @param head of the request; of one that was sent on inside the server, the last one
 * @param user whom the client has proved to be, if the route asks
 * @param goesOn whether the request is not answered yet: another record follows
 * @param status what the client got; 0 if the connection was cut
 * @param outcome how the request ended
 * @param detail what happened, for the log; empty if all is well
 * @param limits the limits that were hit
 * @param duration from the request's arrival to the end of its guest
 * @param startTime from the place that the guest was given to its first instruction; zero if it
 *     never came so far
 * @param guestTime how long the guest ran
 * @param cpuTime how long it ran on a processor
 * @param bodyIn bytes of the request's body
 * @param bodyOut bytes of the response's body that the guest wrote
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

    /** The method that the client asked with. */
    public String method() {
        return head.redirection().map(Redirection::method).orElse(head.method());
    }
}
