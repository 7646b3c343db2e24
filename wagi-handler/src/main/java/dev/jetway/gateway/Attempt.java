package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import java.util.Optional;

/**
 * A request that enters the pipeline: the client's, or one that an earlier pass has caused.
 *
 * @param exchange the request and its response
 * @param slot the slot of the guest that has caused it
 */
record Attempt(Exchange exchange, Optional<HeldSlot> slot) {
    /** The admission of the request's guest: to the slot held, else to the route. */
    Admission admission(Admission route) {
        return slot.map(held -> held.to(route)).orElse(route);
    }
}
