package dev.jetway.sandbox.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.jetway.sandbox.host.GuestExit;
import dev.jetway.sandbox.host.HostContext;
import dev.jetway.sandbox.host.HostModule;
import dev.jetway.sandbox.host.HostRun;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** WASI preview 1 as a service. Immutable; safe to share between threads and runs. */
public final class WasiModule implements HostModule {
    /** The name by which a route grants it. */
    public static final String NAME = "wasi";

    private static final String MODULE = "wasi_snapshot_preview1";

    private final List<HostFunction> functions =
            Stream.concat(
                            Stream.of(exit()),
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
                                    .map(f -> f.of(MODULE)))
                    .toList();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "WASI preview 1";
    }

    @Override
    public List<HostFunction> functions() {
        return functions;
    }

    /**
     * Opens the state at once, because nearly every guest calls WASI; files are opened by their
     * first call.
     */
    @Override
    public HostRun open(HostContext guest) {
        return new WasiRun(guest);
    }

    /** The one function without a result: it never returns. */
    private static HostFunction exit() {
        return new HostFunction(
                MODULE,
                "proc_exit",
                FunctionType.of(List.of(ValType.I32), List.of()),
                (instance, arguments) -> {
                    StartCalls.announce(WasiRun.current(), "proc_exit", arguments);
                    throw new GuestExit((int) arguments[0]);
                });
    }
}
