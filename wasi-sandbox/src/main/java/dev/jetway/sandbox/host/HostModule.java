package dev.jetway.sandbox.host;

import com.dylibso.chicory.runtime.HostFunction;
import java.util.List;

/**
 * A service that guests may import, such as WASI. All runs share its functions; each run has a
 * state of its own, which is closed after it. Safe to share between threads.
 */
public interface HostModule {
    /** The name by which a route grants it: letters, digits and dashes. */
    String name();

    /** The name for people, for example {@code WASI preview 1}. */
    String title();

    /**
     * Its functions, each with the two names under which a module imports it. Asked for once. A
     * function tells the end of a guest from a fault of the host as {@link HostFault#from} does.
     */
    List<HostFunction> functions();

    /**
     * Opens the state of one run, on the run's thread. Called only for a module that imports one of
     * the functions. Costly state is opened by the first call, see {@link LazyState}.
     */
    HostRun open(HostContext guest);
}
