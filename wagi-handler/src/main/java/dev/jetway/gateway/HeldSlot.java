package dev.jetway.gateway;

import dev.jetway.admission.Admission;
import dev.jetway.admission.InheritedSlot;
import dev.jetway.admission.Slot;

/**
 * The slot of a guest that has ended, for the request that the guest has caused.
 *
 * @param slot the slot
 * @param thread the guest's
 */
record HeldSlot(Slot slot, Thread thread) {
    /** Admission of a guest of another route to the slot, as long as the thread holds it. */
    Admission to(Admission route) {
        return new InheritedSlot(route, slot, thread);
    }
}
