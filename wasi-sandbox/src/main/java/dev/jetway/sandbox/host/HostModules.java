package dev.jetway.sandbox.host;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import dev.jetway.module.ImportName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All services, and those of them that are granted. Immutable; safe to share between threads. */
public final class HostModules {
    private final Map<Name, Provided> functions;
    private final SequencedMap<String, HostModule> granted;
    private final SequencedMap<String, HostModule> all;

    private HostModules(
            Map<Name, Provided> functions,
            SequencedMap<String, HostModule> granted,
            SequencedMap<String, HostModule> all) {
        this.functions = functions;
        this.granted = granted;
        this.all = all;
    }

    /** The two names of an import. */
    private record Name(String module, String function) {}

    /** A function and the name of its service. */
    private record Provided(String service, ImportFunction function) {}

    /**
     * Services, all granted.
     *
     * @throws IllegalArgumentException if two have one name or a function of one name
     */
    public static HostModules of(HostModule... services) {
        var all = new LinkedHashMap<String, HostModule>();
        var functions = new HashMap<Name, Provided>();
        for (HostModule service : services) {
            if (all.putIfAbsent(service.name(), service) != null) {
                throw new IllegalArgumentException("two services are '" + service.name() + "'");
            }
            for (HostFunction function : service.functions()) {
                var name = new Name(function.module(), function.name());
                Provided other = functions.put(name, new Provided(service.name(), function));
                if (other != null) {
                    throw new IllegalArgumentException(
                            "the services '%s' and '%s' both have the function %s.%s"
                                    .formatted(
                                            other.service(),
                                            service.name(),
                                            name.module(),
                                            name.function()));
                }
            }
        }
        return new HostModules(Map.copyOf(functions), all, all);
    }

    /**
     * These services with only some granted.
     *
     * @throws IllegalArgumentException if there is no service of a name
     */
    public HostModules granted(Collection<String> names) {
        var chosen = new LinkedHashMap<String, HostModule>();
        for (String name : new TreeSet<>(names)) {
            HostModule service = all.get(name);
            if (service == null) {
                throw new IllegalArgumentException(
                        "there is no service '%s': there are %s".formatted(name, all.keySet()));
            }
            chosen.put(name, service);
        }
        return new HostModules(functions, chosen, all);
    }

    /**
     * The reason why a module with these imports cannot run; empty if it can. Names the imports.
     */
    public Optional<String> refusal(List<ImportName> imports) {
        String unknown = text(imports, i -> provided(i).isEmpty(), ImportName::toString);
        if (!unknown.isEmpty()) {
            String available =
                    granted.values().stream()
                            .map(HostModules::describe)
                            .collect(Collectors.joining("; "));
            return Optional.of(
                    "the module imports what nobody provides: %s (available: %s)"
                            .formatted(unknown, available.isEmpty() ? "nothing" : available));
        }
        String refused =
                text(
                        imports,
                        i -> provided(i).filter(this::isGranted).isEmpty(),
                        i -> i + " of '" + provided(i).orElseThrow().service() + "'");
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of("the module imports what its route does not grant: " + refused);
    }

    private static String text(
            List<ImportName> imports,
            Predicate<ImportName> which,
            java.util.function.Function<ImportName, String> text) {
        return imports.stream()
                .filter(which)
                .map(text)
                .sorted()
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** For example {@code WASI preview 1, wasi_snapshot_preview1}. */
    private static String describe(HostModule service) {
        var modules = new TreeSet<String>();
        service.functions().forEach(f -> modules.add(f.module()));
        return service.title() + ", " + String.join(", ", modules);
    }

    /**
     * The imported functions and no others: the engine searches a list for each import.
     *
     * @param imports none refused
     */
    public ImportValues imports(List<ImportName> imports) {
        List<ImportFunction> used =
                imports.stream().distinct().map(i -> provided(i).orElseThrow().function()).toList();
        return ImportValues.builder().withFunctions(used).build();
    }

    /**
     * The services that a module uses, in the order of their names.
     *
     * @param imports none refused
     */
    public List<HostModule> usedBy(List<ImportName> imports) {
        return imports.stream()
                .map(i -> provided(i).orElseThrow().service())
                .distinct()
                .sorted()
                .map(service -> Objects.requireNonNull(granted.get(service)))
                .toList();
    }

    private boolean isGranted(Provided provided) {
        return granted.containsKey(provided.service());
    }

    /** Only functions are provided: a service has no memories, tables or globals. */
    private Optional<Provided> provided(ImportName name) {
        return name.function()
                ? Optional.ofNullable(functions.get(new Name(name.module(), name.name())))
                : Optional.empty();
    }
}
