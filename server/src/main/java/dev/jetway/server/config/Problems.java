package dev.jetway.server.config;

import dev.jetway.cgi.SourcePosition;
import dev.jetway.server.config.Problem.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that all of it is reported at once. Used by one thread. */
final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    void error(SourcePosition position, String message) {
        problems.add(new Problem(Severity.ERROR, position, message));
    }

    void warning(SourcePosition position, String message) {
        problems.add(new Problem(Severity.WARNING, position, message));
    }

    List<Problem> all() {
        return List.copyOf(problems);
    }

    /** Throws all problems if one is an error. */
    void throwIfErrors() throws ConfigurationException {
        if (problems.stream().anyMatch(p -> p.severity() == Severity.ERROR)) {
            throw new ConfigurationException(problems);
        }
    }
}
