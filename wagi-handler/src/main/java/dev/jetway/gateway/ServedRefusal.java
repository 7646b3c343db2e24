package dev.jetway.gateway;

import dev.jetway.failure.Failure;
import dev.jetway.route.Action.Refuse;
import dev.jetway.route.HttpRules;
import dev.jetway.route.Route;
import java.util.Optional;

/**
 * A route that refuses every request. Immutable; safe to share between threads.
 *
 * @param route as configured
 * @param action the reason
 */
public record ServedRefusal(Route route, Refuse action) implements ServedRoute {
    /** Does not count requests: refusing them is cheap. */
    @Override
    public Optional<Failure> enter() {
        return Optional.empty();
    }

    @Override
    public HttpRules http() {
        return HttpRules.DEFAULT;
    }

    /** The failure sent to the client. */
    Failure failure() {
        return switch (action.reason()) {
            case NOTHING_HERE -> new Failure.NoRoute();
            case SUSPENDED, BROKEN, NOT_OFFERED ->
                    new Failure.SiteUnavailable(action.reason().label());
        };
    }
}
