package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.jetway.sandbox.host.HostContext;
import dev.jetway.sandbox.host.HostFault;
import dev.jetway.sandbox.host.HostModule;
import dev.jetway.sandbox.host.HostRun;
import dev.jetway.sandbox.host.LazyState;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that counts the calls of each run: {@code next} gives 1, 2, 3, …; {@code fail} fails as
 * a faulty host would. Counts the runs that were begun, opened and closed.
 */
final class CounterService implements HostModule {
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final String name;
    private final LazyState<AtomicInteger> runs;
    private volatile boolean openFails;
    private volatile boolean closeFails;

    CounterService(String name) {
        this.name = name;
        this.runs = new LazyState<>(this::openState, this::closeState);
    }

    private AtomicInteger openState(HostContext guest) {
        if (openFails) {
            throw new IllegalStateException(name + " does not open");
        }
        opened.incrementAndGet();
        return new AtomicInteger();
    }

    private void closeState(AtomicInteger state) {
        closed.incrementAndGet();
        if (closeFails) {
            throw new IllegalStateException(name + " does not close");
        }
    }

    CounterService failingToOpen() {
        openFails = true;
        return this;
    }

    CounterService failingToClose() {
        closeFails = true;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return "Counter " + name;
    }

    @Override
    public List<HostFunction> functions() {
        return List.of(
                function(
                        "next", (instance, arguments) -> new long[] {runs.get().incrementAndGet()}),
                function(
                        "fail",
                        (instance, arguments) -> {
                            runs.get();
                            throw new IllegalStateException(name + " fails");
                        }));
    }

    private HostFunction function(String function, WasmFunctionHandle body) {
        return new HostFunction(
                name,
                function,
                FunctionType.of(List.of(), List.of(ValType.I32)),
                (instance, arguments) -> {
                    try {
                        return body.apply(instance, arguments);
                    } catch (RuntimeException e) {
                        throw HostFault.from(e);
                    }
                });
    }

    @Override
    public HostRun open(HostContext guest) {
        begun.incrementAndGet();
        return runs.begin(guest);
    }
}
