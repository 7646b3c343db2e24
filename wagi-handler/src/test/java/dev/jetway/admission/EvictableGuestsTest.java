package dev.jetway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.admission.EvictableGuests.WaitingSites;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvictableGuestsTest {
    /** A site, compared by identity. */
    private record SiteOf(String name) {}

    private record Member(String name, SiteOf site, int runningOfSite, long startedAt)
            implements EvictableGuests.Member {}

    private static final long TURN = EvictableGuests.TURN.toNanos();

    private final Map<String, SiteOf> sites = new HashMap<>();

    /** Guests such as {@code a1 b2}: guest 1 of site a started before guest 2 of site b. */
    private EvictableGuests<Member> guests(String names, int runningOfSite) {
        var guests = new EvictableGuests<Member>(9);
        for (String name : names.isEmpty() ? List.<String>of() : List.of(names.split(" "))) {
            SiteOf site = sites.computeIfAbsent(name.substring(0, 1), SiteOf::new);
            guests.add(new Member(name, site, runningOfSite, 0));
        }
        return guests;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "''          | none",
                "a1          | a1",
                "a1 b1       | a1",
                "a1 b1 b2    | b1",
                "b1 a1 b2 a2 | b1",
                "a1 b1 a2 b2 a3 | a1",
                "a1 b1 c1 c2 | c1"
            })
    void longestOfLargestSite_guestsInOrder_isTheFirstOfTheSiteWithMost(
            String names, String expected) {
        assertThat(guests(names, 1).longestOfLargestSite().map(Member::name).orElse("none"))
                .isEqualTo(expected);
    }

    /** Columns: guests of the largest site, fewest of a waiting one, quick, after the turn. */
    @ParameterizedTest
    @CsvSource({
        "3, 1, false, false, true",
        "2, 1, false, false, false",
        "2, 1, false, true,  true",
        "1, 1, false, true,  false",
        "1, 2, false, true,  false",
        "1, 1, true,  false, true",
        "1, 0, false, false, false",
        "1, 0, false, true,  true",
        "2, 0, false, false, true"
    })
    void evictedFor_waitingSite_isAGuestOfASiteWithMore(
            int most, int fewest, boolean quick, boolean hadItsTurn, boolean evicted) {
        var waiting = new WaitingSites(OptionalInt.of(fewest), quick);

        assertThat(guests("a1 a2", most).evictedFor(waiting, hadItsTurn ? TURN + 1 : TURN))
                .map(Member::name)
                .isEqualTo(evicted ? Optional.of("a1") : Optional.empty());
    }

    @Test
    void evictedFor_noWaitingSite_isEmpty() {
        var nobody = new WaitingSites(OptionalInt.empty(), true);

        assertThat(guests("a1 a2", 9).evictedFor(nobody, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void evictedFor_noGuests_isEmpty() {
        assertThat(guests("", 9).evictedFor(new WaitingSites(OptionalInt.of(0), true), 0))
                .isEmpty();
    }

    @Test
    void hasRoom_oneMoreThanTheMaximum_isFalse() {
        var guests = new EvictableGuests<Member>(1);
        var first = new Member("a1", new SiteOf("a"), 1, 0);

        assertThat(guests.hasRoom()).isTrue();
        guests.add(first);
        assertThat(guests.hasRoom()).isFalse();
        assertThat(guests.remove(first)).isTrue();
        assertThat(guests.remove(first)).isFalse();
        assertThat(guests.size()).isZero();
    }
}
