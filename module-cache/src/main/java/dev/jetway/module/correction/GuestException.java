package dev.jetway.module.correction;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmException;

/** An exception that a guest has thrown. */
final class GuestException extends WasmException {
    private static final long serialVersionUID = 1L;

    private final int tag;

    /** Its number among the caught exceptions; none before it has been caught by reference. */
    private int handle = CaughtExceptions.NONE;

    GuestException(Instance instance, int tag, long[] arguments) {
        super(instance, tag, arguments);
        this.tag = tag;
    }

    int handle() {
        return handle;
    }

    void numbered(int number) {
        handle = number;
    }

    @Override
    public String getMessage() {
        return "uncaught exception with tag " + tag;
    }

    /** No stack trace: guests cannot see it. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
