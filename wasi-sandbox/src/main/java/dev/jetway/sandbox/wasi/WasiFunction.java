package dev.jetway.sandbox.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.host.GuestMemory;
import dev.jetway.sandbox.host.HostFault;
import dev.jetway.sandbox.start.StartEnd;
import java.util.List;

/**
 * One function of WASI. Immutable.
 *
 * @param name its name
 * @param parameters a letter for each: {@code i} is an i32, {@code I} an i64
 * @param body its implementation; an {@link ErrnoException} becomes the result
 */
record WasiFunction(String name, String parameters, Body body) {
    /** The implementation of a function. */
    @FunctionalInterface
    interface Body {
        /** Runs on the guest's memory, with unchecked arguments of the guest. */
        void run(WasiRun run, GuestMemory memory, long... arguments);
    }

    HostFunction of(String module) {
        return new HostFunction(
                module,
                name,
                FunctionType.of(types(), List.of(ValType.I32)),
                (instance, arguments) -> new long[] {call(instance, arguments)});
    }

    private List<ValType> types() {
        return parameters.chars().mapToObj(c -> c == 'i' ? ValType.I32 : ValType.I64).toList();
    }

    private long call(Instance instance, long... arguments) {
        WasiRun run = WasiRun.current();
        StartCalls.announce(run, name, arguments);
        try {
            body.run(run, run.memory(instance), arguments);
            return Errno.SUCCESS.number();
        } catch (StartEnd e) {
            throw e;
        } catch (ErrnoException e) {
            return e.errno().number();
        } catch (RuntimeException e) {
            throw HostFault.from(e);
        }
    }
}
