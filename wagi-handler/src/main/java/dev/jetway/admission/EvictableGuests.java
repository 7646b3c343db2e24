package dev.jetway.admission;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;

/**
 * Guests without a slot, in the order in which they left theirs, and which of them is evicted for
 * others. Pure: no clock, no lock. Used by one thread at a time.
 */
final class EvictableGuests<G extends EvictableGuests.Member> {
    /** Minimum run time before a guest is evicted for a site that has one guest fewer. */
    static final Duration TURN = Duration.ofSeconds(2);

    /** A guest as the policy sees it. */
    interface Member {
        /** Its site; sites are told apart by identity. */
        Object site();

        /** Guests of its site that run. */
        int runningOfSite();

        /** When it began, in nanoseconds of the scheduler's clock. */
        long startedAt();
    }

    /**
     * The sites that wait for a slot and for nothing else.
     *
     * @param fewestRunning the fewest guests that run of one of them; empty if none waits
     * @param quick whether one of them has no long-running guests
     */
    record WaitingSites(OptionalInt fewestRunning, boolean quick) {}

    private final int maximum;
    private final SequencedSet<G> guests = new LinkedHashSet<>();

    EvictableGuests(int maximum) {
        this.maximum = maximum;
    }

    int size() {
        return guests.size();
    }

    boolean hasRoom() {
        return guests.size() < maximum;
    }

    void add(G guest) {
        guests.addLast(guest);
    }

    /** False if the guest is not among these. */
    boolean remove(G guest) {
        return guests.remove(guest);
    }

    /** The first guest of the site that has most of these guests. */
    Optional<G> longestOfTheLargestSite() {
        var counts = new IdentityHashMap<Object, Integer>();
        guests.forEach(guest -> counts.merge(guest.site(), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(n -> n).max().orElse(0);
        return guests.stream()
                .filter(guest -> counts.getOrDefault(guest.site(), 0) == most)
                .findFirst();
    }

    /**
     * The guest that is evicted so that a waiting site gets a slot, if one is: of a site with two
     * guests more, or with one more and after its turn, or whatever it has for a quick site, which
     * is done with its slot at once.
     */
    Optional<G> evictedFor(WaitingSites waiting, long now) {
        OptionalInt fewest = waiting.fewestRunning();
        if (fewest.isEmpty()) {
            return Optional.empty();
        }
        return longestOfTheLargestSite()
                .filter(guest -> {
                    int more = guest.runningOfSite() - fewest.getAsInt();
                    boolean hadItsTurn = now - guest.startedAt() > TURN.toNanos();
                    return waiting.quick() || more > 1 || (more == 1 && hadItsTurn);
                });
    }
}
