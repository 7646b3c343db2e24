package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.util.function.Function;

/**
 * The machine of an instance that is used again. Each run gets a new one from the engine, because
 * the engine's machine keeps traces of calls that did not return, such as those of its interpreter.
 * Used by one thread.
 */
final class GuestMachine implements Machine {
    private final Function<Instance, Machine> factory;
    private final Instance instance;
    private final Runnable beforeFirst;
    private Machine compiled;
    private boolean called;

    /**
     * A machine of an instance that is being made.
     *
     * @param beforeFirst run once, before the guest's first function
     */
    GuestMachine(Function<Instance, Machine> factory, Instance instance, Runnable beforeFirst) {
        this.factory = factory;
        this.instance = instance;
        this.beforeFirst = beforeFirst;
        this.compiled = factory.apply(instance);
    }

    /** Prepares another run. */
    void renew() {
        compiled = factory.apply(instance);
    }

    @Override
    public long[] call(int function, long[] arguments) {
        if (!called) {
            called = true;
            beforeFirst.run();
        }
        return compiled.call(function, arguments);
    }
}
