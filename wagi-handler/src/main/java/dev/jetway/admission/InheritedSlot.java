package dev.jetway.admission;

import dev.jetway.failure.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The admission of a request that the run of an earlier one led to: it runs in the slot of that
 * run, on its thread. It cannot be refused, nor wait for the slot that it holds itself.
 *
 * @param route of the new request, for when it is admitted on another thread
 * @param slot of the earlier run
 * @param thread that holds the slot
 */
public record InheritedSlot(Admission route, Slot slot, Thread thread) implements Admission {
    @Override
    public Optional<Failure> enter() {
        // The client has sent one request only.
        return Optional.empty();
    }

    @Override
    public void admit(Consumer<Slot> guest, Consumer<Failure> refused) {
        if (Thread.currentThread().equals(thread)) {
            slot.again();
            guest.accept(slot);
        } else {
            // The slot has been given up meanwhile.
            route.admit(guest, refused);
        }
    }
}
