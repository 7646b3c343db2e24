package dev.jetway.server.config.table;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Remembers the problems of the last configuration, so that each is told once while it lasts. */
public final class ToldProblems {
    private Set<Problem> told;

    /** Problems that have been told already. */
    public ToldProblems(Collection<Problem> told) {
        this.told = Set.copyOf(told);
    }

    /** The new ones among the problems of another configuration. */
    public List<Problem> fresh(Collection<Problem> problems) {
        List<Problem> fresh = problems.stream().filter(p -> !told.contains(p)).toList();
        told = Set.copyOf(problems);
        return fresh;
    }
}
