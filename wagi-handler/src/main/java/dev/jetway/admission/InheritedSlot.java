package dev.jetway.admission;

import dev.jetway.failure.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The admission of a request that the run of an earlier one has caused: the request runs in the
 * slot and on the thread of that run. It cannot be refused, and cannot wait for the slot that it
 * occupies.
 *
 * @param route of the new request, for an admission on another thread
 * @param slot of the earlier run
 * @param thread the thread of the slot
 */
public record InheritedSlot(Admission route, Slot slot, Thread thread) implements Admission {
    @Override
    public Optional<Failure> enter() {
        // One request of the client counts once.
        return Optional.empty();
    }

    @Override
    public void admit(Consumer<Slot> guest, Consumer<Failure> refused) {
        if (Thread.currentThread().equals(thread)) {
            slot.again();
            guest.accept(slot);
        } else {
            // The slot has been freed meanwhile.
            route.admit(guest, refused);
        }
    }
}
