package dev.jetway.server.config.table;

import dev.jetway.base.SourcePosition;
import dev.jetway.server.config.table.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects problems, so that all are reported together. Used by one thread. */
public final class Problems {
    /** Maximum problems of a severity that are kept; more are counted. */
    public static final int MAX_KEPT = 1000;

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final Severity breach;
    private int dropped;

    /** Problems of an operator's files: a value above its cap is a warning. */
    public Problems() {
        this(Severity.WARNING);
    }

    private Problems(Severity breach) {
        this.breach = breach;
    }

    /** Problems of a tenant's files: a value above its cap is an error. */
    public static Problems ofTenant() {
        return new Problems(Severity.ERROR);
    }

    /** Reports a value above its cap. */
    void breach(SourcePosition position, String what, String most) {
        if (breach == Severity.ERROR) {
            error(position, what);
        } else {
            warning(position, what + ": " + most + " holds");
        }
    }

    /** Whether there is an error. */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    public void error(SourcePosition position, String message) {
        add(errors, new Problem(Severity.ERROR, position, message));
    }

    public void warning(SourcePosition position, String message) {
        add(warnings, new Problem(Severity.WARNING, position, message));
    }

    private void add(List<Problem> to, Problem problem) {
        files.putIfAbsent(problem.position().file(), files.size());
        if (to.size() < MAX_KEPT) {
            to.add(problem);
        } else {
            dropped++;
        }
    }

    /** All problems in the order of the files, each by line. */
    public List<Problem> all() {
        var all = new ArrayList<Problem>(errors);
        all.addAll(warnings);
        all.sort(
                Comparator.comparingInt(Problems.this::order)
                        .thenComparingInt(p -> p.position().line()));
        if (dropped > 0) {
            Problem last = all.getLast();
            all.add(
                    new Problem(
                            last.severity(),
                            new SourcePosition(last.position().file(), 0),
                            "and " + dropped + " more problems"));
        }
        return List.copyOf(all);
    }

    private int order(Problem problem) {
        return files.getOrDefault(problem.position().file(), 0);
    }

    /** Throws all problems if one is an error. */
    public void throwIfErrors() throws ConfigurationException {
        if (!errors.isEmpty()) {
            throw new ConfigurationException(all());
        }
    }
}
