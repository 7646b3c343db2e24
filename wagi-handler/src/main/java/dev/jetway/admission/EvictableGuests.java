package dev.jetway.admission;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedSet;

/**
 * Guests without a slot, in the order in which they left their slots, with the policy that picks
 * the one to evict. Pure: no clock, no lock. Used by one thread at a time.
 */
final class EvictableGuests<G extends EvictableGuests.Member> {
    /** Minimum run time before a guest is evicted for a site that has one guest fewer. */
    static final Duration TURN = Duration.ofSeconds(2);

    /** A guest as the policy sees it. */
    interface Member {
        /** The guest's site; sites are compared by identity. */
        Object site();

        /** Number of running guests of the site. */
        int runningOfSite();

        /** Start of the guest, in nanoseconds of the scheduler's clock. */
        long startedAt();
    }

    /**
     * The sites that wait for nothing but a slot.
     *
     * @param fewestRunning the lowest number of running guests of such a site; empty if no site
     *     waits
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

    /** Removes a guest; false if it is not in the list. */
    boolean remove(G guest) {
        return guests.remove(guest);
    }

    /** The first guest of the site with most guests in this list. */
    Optional<G> longestOfLargestSite() {
        var counts = new IdentityHashMap<Object, Integer>();
        guests.forEach(guest -> counts.merge(guest.site(), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(n -> n).max().orElse(0);
        return guests.stream()
                .filter(guest -> counts.getOrDefault(guest.site(), 0) == most)
                .findFirst();
    }

    /**
     * The guest to evict so that a waiting site gets a slot, if any: a guest of a site with at
     * least two guests more, or with one more when the guest has had its turn; in favour of a quick
     * site, which needs a slot for a moment only, a guest of any site.
     */
    Optional<G> evictedFor(WaitingSites waiting, long now) {
        OptionalInt fewest = waiting.fewestRunning();
        if (fewest.isEmpty()) {
            return Optional.empty();
        }
        return longestOfLargestSite()
                .filter(guest -> {
                    int more = guest.runningOfSite() - fewest.getAsInt();
                    boolean hadTurn = now - guest.startedAt() > TURN.toNanos();
                    return waiting.quick() || more > 1 || (more == 1 && hadTurn);
                });
    }
}
