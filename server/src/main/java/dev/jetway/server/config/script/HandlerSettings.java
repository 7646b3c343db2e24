package dev.jetway.server.config.script;

import dev.jetway.base.SourcePosition;
import dev.jetway.module.source.ModuleReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * A program that the provider offers for scripts, {@code [handler.NAME]}. Immutable.
 *
 * @param name of the table
 * @param module the program
 * @param extensions of its scripts, in lower case, without dots
 * @param argv its arguments, see {@link dev.jetway.route.ScriptHandler}
 * @param environment its variables
 * @param php whether it gets a generated {@code php.ini}
 * @param snapshot whether its runs begin after its start-up, where that is safe
 * @param position of the table
 */
public record HandlerSettings(
        String name,
        ModuleReference module,
        List<String> extensions,
        List<String> argv,
        SequencedMap<String, String> environment,
        boolean php,
        boolean snapshot,
        SourcePosition position) {
    public HandlerSettings {
        extensions = List.copyOf(extensions);
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }
}
