package dev.jetway.sandbox.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.jetway.module.ImportName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** WASI preview 1 as modules import it. Immutable; safe to share between threads and runs. */
public final class WasiImports {
    private static final String MODULE = "wasi_snapshot_preview1";

    private static final Map<String, ImportFunction> ALL = all();

    private WasiImports() {}

    private static Map<String, ImportFunction> all() {
        var functions = new HashMap<String, ImportFunction>();
        functions.put(name("proc_exit"), exit());
        Stream.of(
                        ProcessCalls.ALL,
                        ClockCalls.ALL,
                        DescriptorCalls.ALL,
                        TransferCalls.ALL,
                        ListingCall.ALL,
                        PathCalls.ALL,
                        PollCall.ALL,
                        SocketCalls.ALL)
                .flatMap(Collection::stream)
                .forEach(f -> functions.put(name(f.name()), f.of(MODULE)));
        return Map.copyOf(functions);
    }

    private static String name(String function) {
        return MODULE + "." + function;
    }

    /** The one without a result: it never returns. */
    private static HostFunction exit() {
        return new HostFunction(
                MODULE,
                "proc_exit",
                FunctionType.of(List.of(ValType.I32), List.of()),
                (instance, arguments) -> {
                    throw new GuestExit((int) arguments[0]);
                });
    }

    /** Whether there is such a function. */
    public static boolean provides(ImportName name) {
        return name.function() && ALL.containsKey(name.toString());
    }

    /**
     * What a module imports, and nothing else: an engine that looks through a list for each import
     * finds it sooner.
     *
     * @param names all provided
     */
    public static ImportValues of(List<ImportName> names) {
        List<ImportFunction> functions =
                names.stream()
                        .map(ImportName::toString)
                        .distinct()
                        .map(n -> Objects.requireNonNull(ALL.get(n)))
                        .toList();
        return ImportValues.builder().withFunctions(functions).build();
    }
}
