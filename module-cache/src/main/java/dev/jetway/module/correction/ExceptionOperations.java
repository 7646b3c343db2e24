package dev.jetway.module.correction;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmException;

/** The operations of try_table, throw and throw_ref at run time. Called by compiled guests. */
public final class ExceptionOperations {
    private static final long[] NONE = {};

    private ExceptionOperations() {}

    /** A new exception; no values may be null. */
    public static WasmException create(long[] values, int tag, Instance instance) {
        return new GuestException(instance, tag, values == null ? NONE : values);
    }

    /** The exception reference for a handler. */
    public static int reference(Instance instance, WasmException caught) {
        return CaughtExceptions.of(instance).add((GuestException) caught);
    }

    /** Whether a guest has caught an exception by reference. */
    public static boolean hasCaught(Instance instance) {
        return CaughtExceptions.areIn(instance);
    }

    /** Forgets the exceptions that a guest has caught. */
    public static void forget(Instance instance) {
        CaughtExceptions.forget(instance);
    }

    /** The exception that a throw_ref throws again. */
    public static WasmException referenced(Instance instance, int reference) {
        return CaughtExceptions.of(instance).get(reference);
    }
}
