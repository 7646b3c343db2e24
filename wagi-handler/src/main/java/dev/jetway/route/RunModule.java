package dev.jetway.route;

import dev.jetway.module.source.ModuleReference;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.GuestSetup;
import dev.jetway.sandbox.Volume;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.wasi.WasiModule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Runs a module as a CGI program, once for each request. Immutable; safe to share between threads.
 *
 * @param module the source of the module (WebAssembly binary or text)
 * @param entrypoint the exported function to call, without parameters and results
 * @param argv the template for the arguments, if the route fixes them (Wagi's {@code argv})
 * @param volumes directories that the guest may use
 * @param services services that the module may import, by name
 * @param environment variables of the operator; a meta-variable of the same name wins
 * @param limits of one run
 * @param traffic limits of its requests and responses
 * @param rules for translating requests and responses
 * @param warmUp path and query, both raw, of a request to make after the module is loaded
 * @param snapshot whether runs begin after the start-up of the module, where that is safe
 * @param ofSite whether the volumes lie in a site's folder, which its tenant may change: no link on
 *     the way to them is followed, and guests see the folders above them, from {@code /} on
 */
public record RunModule(
        ModuleReference module,
        String entrypoint,
        Optional<String> argv,
        List<Volume> volumes,
        Set<String> services,
        SequencedMap<String, String> environment,
        GuestLimits limits,
        TrafficLimits traffic,
        CgiRules rules,
        Optional<String> warmUp,
        boolean snapshot,
        boolean ofSite)
        implements Action {
    /** The entry point of a WASI command. */
    public static final String DEFAULT_ENTRYPOINT = "_start";

    /** The services of a route that names none: WASI preview 1. */
    public static final Set<String> DEFAULT_SERVICES = Set.of(WasiModule.NAME);

    /** Copies the collections. */
    public RunModule {
        volumes = List.copyOf(volumes);
        services = Set.copyOf(services);
        environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    @Override
    public EncodedSlashes encodedSlashes() {
        return rules.encodedSlashes();
    }

    /** The file name of the module, for example {@code hello.wasm}. */
    public String moduleName() {
        return module.name();
    }

    /** Whether words of a query become arguments, by the rules or by the template. */
    public boolean takesQueryArguments() {
        return rules.queryArguments() || argv.filter(ArgumentTemplate::takesQuery).isPresent();
    }

    /**
     * This action with the rules that follow from the module's name and the arguments: an
     * interpreter takes no word of a query (CVE-2012-1823), fixed arguments exclude those of a
     * query, and the output of {@code nph-} programs begins with a status line (RFC 3875 §5).
     */
    public RunModule settled() {
        RunModule safe = Interpreters.isOne(moduleName()) ? withoutQueryArguments() : this;
        CgiRules settled =
                safe.rules.settled(
                        safe.rules.queryArguments() && argv.isEmpty(),
                        safe.rules.nonParsed() || moduleName().startsWith("nph-"));
        return safe.with(entrypoint, safe.argv, settled, warmUp);
    }

    /** This action for a module that is an interpreter: no word of a query. */
    public RunModule withoutQueryArguments() {
        return with(
                entrypoint,
                argv.map(ArgumentTemplate::forInterpreter),
                rules.settled(false, rules.nonParsed()),
                warmUp);
    }

    /** This action with another entry point and no warm-up. */
    RunModule at(String otherEntrypoint) {
        return with(otherEntrypoint, argv, rules, Optional.empty());
    }

    /** This action with its warm-up below a prefix of paths. */
    RunModule below(String prefix) {
        return with(entrypoint, argv, rules, warmUp.map(prefix::concat));
    }

    /** This action with other variables of the operator. */
    public RunModule withEnvironment(SequencedMap<String, String> other) {
        return with(other, ofSite);
    }

    /** This action with volumes in a site's folder. */
    public RunModule inSite() {
        return with(environment, true);
    }

    /**
     * The part that concerns guests.
     *
     * @param host the services of the server, of which the action's are granted
     */
    public GuestSetup guests(HostModules host) {
        return new GuestSetup(entrypoint, limits, volumes, host.granted(services), ofSite);
    }

    private RunModule with(
            String otherEntrypoint,
            Optional<String> otherArgv,
            CgiRules otherRules,
            Optional<String> otherWarmUp) {
        return new RunModule(
                module,
                otherEntrypoint,
                otherArgv,
                volumes,
                services,
                environment,
                limits,
                traffic,
                otherRules,
                otherWarmUp,
                snapshot,
                ofSite);
    }

    private RunModule with(SequencedMap<String, String> otherEnvironment, boolean inSite) {
        return new RunModule(
                module,
                entrypoint,
                argv,
                volumes,
                services,
                otherEnvironment,
                limits,
                traffic,
                rules,
                warmUp,
                snapshot,
                inSite);
    }
}
