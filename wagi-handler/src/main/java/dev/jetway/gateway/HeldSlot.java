package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.admission.InheritedSlot;
import dev.jetway.admission.Slot;

/**
 * The slot of a guest that has ended, for the request that it leads to.
 *
 * @param slot the slot
 * @param thread the guest's
 */
record HeldSlot(Slot slot, Thread thread) {
    /** Admission to another route in the same slot, while its thread is at it. */
    Admission to(Admission route) {
        return new InheritedSlot(route, slot, thread);
    }
}
