package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Routed;
import java.util.Optional;

/** A route with the parts that its kind of action needs at run time. */
public sealed interface ServedRoute extends Routed
        permits ServedModule, ServedScript, ServedFolder, ServedRefusal {
    /**
     * Counts a request for the rates of route and site; returns the failure if there are too many.
     */
    Optional<Failure> enter();

    /** The methods of the route, and its other rules of HTTP. */
    HttpRules http();

    /** Whether an encoded slash in a path is an error. */
    default boolean refusesEncodedSlashes() {
        return route().action().encodedSlashes() == EncodedSlashes.REFUSE;
    }
}
