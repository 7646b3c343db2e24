package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.route.EncodedSlashes;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Routed;
import java.util.Optional;

/** A route as requests find it, with what its kind of action needs while the server runs. */
public sealed interface ServedRoute extends Routed
        permits ServedModule, ServedScript, ServedFolder, ServedRefusal {
    /** Counts a request for the rates of route and site; the failure if one too many has come. */
    Optional<Failure> enter();

    /** Which methods the route takes. */
    HttpRules http();

    /** Whether an encoded slash in a path is an error. */
    default boolean refusesEncodedSlashes() {
        return route().action().encodedSlashes() == EncodedSlashes.REFUSE;
    }
}
