package dev.jetway.route;

import java.util.List;
import java.util.Set;

/**
 * A module that runs scripts, for example PHP or Perl. Immutable; safe to share between threads.
 *
 * @param name as configured: {@code php}
 * @param extensions of scripts, in lower case, without a dot
 * @param argv the arguments, the program's name first; {@link #SCRIPT} stands for the script's path
 *     as the guest sees it. No part of a request becomes an argument (CVE-2012-1823)
 * @param run the module with its settings for this site
 */
public record ScriptHandler(String name, Set<String> extensions, List<String> argv, RunModule run) {
    /** A word of {@link #argv()} that is replaced by the script's path. */
    public static final String SCRIPT = "{script}";

    /** Copies the collections. */
    public ScriptHandler {
        extensions = Set.copyOf(extensions);
        argv = List.copyOf(argv);
    }

    /**
     * The arguments of one run.
     *
     * @param script the script's path as the guest sees it
     */
    public List<String> arguments(String script) {
        return argv.stream().map(word -> word.equals(SCRIPT) ? script : word).toList();
    }
}
