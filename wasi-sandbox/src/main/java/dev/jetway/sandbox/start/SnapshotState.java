package dev.jetway.sandbox.start;

import java.util.Optional;

/**
 * The snapshots of one program at this moment.
 *
 * @param count of those that requests may begin with
 * @param runs that have begun with one
 * @param reason why the last attempt gave none; empty if it did, or if there was none
 */
public record SnapshotState(int count, long runs, Optional<String> reason) {
    /** One line for an operator. */
    @Override
    public String toString() {
        String last = reason.map(why -> "the last attempt: " + why).orElse("");
        if (count > 0) {
            String taken = count + (count == 1 ? " snapshot, " : " snapshots, ") + runs + " runs";
            return last.isEmpty() ? taken : taken + "; " + last;
        }
        return last.isEmpty() ? "no snapshot yet" : "no snapshot; " + last;
    }
}
