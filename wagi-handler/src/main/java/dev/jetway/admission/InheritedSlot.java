package dev.jetway.admission;

import dev.jetway.failure.Failure;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The admission of a request that a guest's own thread makes of the one that it has just run: it
 * goes on in the same place. It cannot be refused, nor wait for the place that it holds itself.
 *
 * @param route of the new request, if its way leads over another thread
 * @param place of the old one
 * @param thread who has it
 */
public record InheritedSlot(Admission route, Slot place, Thread thread) implements Admission {
    @Override
    public Optional<Failure> enter() {
        // The client has sent one request only.
        return Optional.empty();
    }

    @Override
    public void admit(Consumer<Slot> guest, Consumer<Failure> refused) {
        if (Thread.currentThread().equals(thread)) {
            place.again();
            guest.accept(place);
        } else {
            // The place has been given up meanwhile.
            route.admit(guest, refused);
        }
    }
}
