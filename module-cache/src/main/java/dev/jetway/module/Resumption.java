package dev.jetway.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import java.lang.invoke.MethodHandle;

/** Code that resumes a stack in an instance of one module. Safe to share between threads. */
public final class Resumption {
    private final MethodHandle method;

    Resumption(MethodHandle method) {
        this.method = method;
    }

    /**
     * Goes on to the end of the entry point.
     *
     * @param frames the values of each function on the stack; not changed
     */
    public void run(long[][] frames, Memory memory, Instance instance) {
        try {
            method.invokeExact(frames, memory, instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("generated code throws nothing else", e);
        }
    }
}
