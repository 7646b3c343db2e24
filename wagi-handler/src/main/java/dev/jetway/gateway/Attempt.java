package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import java.util.Optional;

/**
 * A request at the first stage: the client's, or one that an earlier pass led to.
 *
 * @param exchange the request with its way back
 * @param slot of the guest that led to it
 */
record Attempt(Exchange exchange, Optional<HeldSlot> slot) {
    /** How the request's guest gets its slot, if the route has none held for it. */
    Admission admission(Admission route) {
        return slot.map(held -> held.to(route)).orElse(route);
    }
}
