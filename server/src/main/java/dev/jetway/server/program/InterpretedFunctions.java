package dev.jetway.server.program;

import dev.jetway.module.CompiledModule;
import dev.jetway.module.source.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns the operator of functions that run in the slow interpreter. */
final class InterpretedFunctions {
    /** Maximum functions that are named; more are counted. */
    static final int MAX_NAMED = 10;

    private static final Logger LOG = LoggerFactory.getLogger(InterpretedFunctions.class);

    private InterpretedFunctions() {}

    /** Logs one line, if the module has any. */
    static void report(ModuleReference reference, CompiledModule module) {
        describe(module.interpretedFunctions())
                .ifPresent(text -> LOG.info("{}: {}", reference.name(), text));
    }

    static Optional<String> describe(List<String> functions) {
        if (functions.isEmpty()) {
            return Optional.empty();
        }
        String named = functions.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        int more = functions.size() - MAX_NAMED;
        return Optional.of(
                functions.size()
                        + " too large for the JVM, so interpreted, up to a hundred times slower: "
                        + named
                        + (more > 0 ? " and " + more + " more" : ""));
    }
}
