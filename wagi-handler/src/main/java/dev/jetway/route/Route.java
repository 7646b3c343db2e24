package dev.jetway.route;

import dev.jetway.base.SourcePosition;
import dev.jetway.failure.ErrorPages;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.Volume;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One route as configured: which module answers which paths, and with what. Immutable; safe to
 * share between threads.
 *
 * @param site whose it is
 * @param pattern which paths
 * @param module the module file (WebAssembly binary or text), absolute
 * @param entrypoint the exported function to call, without parameters and results
 * @param argv the template for the arguments, if the route fixes them (Wagi's {@code argv})
 * @param volumes directories the guest may use
 * @param environment variables of the operator; a meta-variable of the same name wins
 * @param limits what one run may use
 * @param traffic what its requests may bring, take away and occupy
 * @param rules how requests and responses are translated
 * @param access who may use it
 * @param errorPages what is shown instead of error pages
 * @param outboundHttp what the guest may reach
 * @param warmUp path and query, both raw, of a request that is made once the module is loaded
 * @param position where the route was written
 */
public record Route(
        Site site,
        RoutePattern pattern,
        Path module,
        String entrypoint,
        Optional<String> argv,
        List<Volume> volumes,
        SequencedMap<String, String> environment,
        GuestLimits limits,
        TrafficLimits traffic,
        CgiRules rules,
        Access access,
        ErrorPages errorPages,
        OutboundHttp outboundHttp,
        Optional<String> warmUp,
        SourcePosition position) {
    /** The entry point of a WASI command. */
    public static final String DEFAULT_ENTRYPOINT = "_start";

    /** Copies the collections; settles the rules that follow from the module and the arguments. */
    public Route {
        volumes = List.copyOf(volumes);
        boolean interpreter = Interpreters.isOne(module);
        boolean asked = rules.queryArguments() && argv.isEmpty() && !interpreter;
        if (interpreter) {
            argv = argv.map(ArgumentTemplate::forInterpreter);
        }
        // Apache's convention: a program whose name begins so prints its own status line.
        boolean nph = String.valueOf(module.getFileName()).startsWith("nph-");
        rules = rules.settled(asked, nph || rules.nonParsed());
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    /** The same module under another path, with another entry point and no warm-up. */
    Route with(RoutePattern otherPattern, String otherEntrypoint) {
        return new Route(
                site,
                otherPattern,
                module,
                otherEntrypoint,
                argv,
                volumes,
                environment,
                limits,
                traffic,
                rules,
                access,
                errorPages,
                outboundHttp,
                Optional.empty(),
                position);
    }

    /** Whether words of a query become arguments, by the rules or by the template. */
    public boolean takesQueryArguments() {
        return rules.queryArguments() || argv.filter(ArgumentTemplate::takesQuery).isPresent();
    }

    /** The same for a module that has turned out to be an interpreter: no word of a query. */
    public Route withoutQueryArguments() {
        return new Route(
                site,
                pattern,
                module,
                entrypoint,
                argv.map(ArgumentTemplate::forInterpreter),
                volumes,
                environment,
                limits,
                traffic,
                rules.settled(false, rules.nonParsed()),
                access,
                errorPages,
                outboundHttp,
                warmUp,
                position);
    }

    /** The same with other variables of the operator. */
    public Route withEnvironment(SequencedMap<String, String> other) {
        return new Route(
                site,
                pattern,
                module,
                entrypoint,
                argv,
                volumes,
                other,
                limits,
                traffic,
                rules,
                access,
                errorPages,
                outboundHttp,
                warmUp,
                position);
    }
}
