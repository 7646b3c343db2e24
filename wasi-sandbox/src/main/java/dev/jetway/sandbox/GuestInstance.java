package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.module.correction.ExceptionOperations;
import dev.jetway.module.memory.LinearMemory;
import dev.jetway.sandbox.memory.FlatMemory;
import dev.jetway.sandbox.memory.MemoryRefusedException;
import dev.jetway.sandbox.start.GuestState;
import dev.jetway.sandbox.start.Snapshot;
import java.util.ArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance of one program, for one run after another: {@link #begin}, {@link #call}, {@link
 * #end}. The first begin makes it; each later one finds memory and its size, globals, tables and
 * segments in their initial state. Used by one thread at a time.
 */
final class GuestInstance {
    /**
     * Approximate bytes of the host for an instance without functions, memory, globals and tables.
     */
    static final int BYTES = 2048;

    /** Approximate bytes of the host for a function, and below for a global. */
    private static final int BYTES_OF_FUNCTION = 12;

    private static final int BYTES_OF_GLOBAL = 96;
    private static final long[] NONE = {};

    private final Program program;
    private final BooleanSupplier heapIsLow;
    private final @Nullable GuestState state;
    private final GuestGlobals globals = new GuestGlobals();
    private final GuestTables tables = new GuestTables();
    private Consumer<LinearMemory> guard = memory -> {};
    private @Nullable Instance instance;
    private @Nullable GuestMachine machine;
    private @Nullable FlatMemory memory;

    GuestInstance(Program program, BooleanSupplier heapIsLow) {
        this(program, heapIsLow, null);
    }

    /**
     * An instance whose runs begin with a state.
     *
     * @param state null for that of the module; there is none for a module with a start function
     */
    GuestInstance(Program program, BooleanSupplier heapIsLow, @Nullable GuestState state) {
        this.program = program;
        this.heapIsLow = heapIsLow;
        this.state = state;
    }

    /**
     * Brings the instance to its initial state and runs the module's start function.
     *
     * @throws MemoryRefusedException if there is no memory for the first pages
     */
    void begin() {
        begin(memory -> {});
    }

    /**
     * Begins with a guard of the memory.
     *
     * @param guard gets the memory before any code of the guest runs
     */
    void begin(Consumer<LinearMemory> guard) {
        this.guard = guard;
        Instance made = instance;
        if (made == null) {
            made = program.instantiate(this);
            if (state != null) {
                globals.begin(state.globals());
                tables.begin(state.tables());
                drop(made, state);
            }
            instance = made;
            return;
        }
        if (memory != null) {
            memory.begin();
            guard.accept(memory);
        }
        machine().renew();
        program.startFunction().ifPresent(this::call);
    }

    @SuppressWarnings("NullAway") // The engine's own value for a dropped segment.
    private static void drop(Instance made, GuestState state) {
        for (int i = 0; i < state.droppedElements().size(); i++) {
            if (state.droppedElements().get(i)) {
                made.setElement(i, null);
            }
        }
    }

    /** All but the stack of a guest that has begun. */
    GuestState state() {
        FlatMemory used = present(memory);
        var dropped = new ArrayList<Boolean>();
        for (int i = 0; i < program.elements().length; i++) {
            dropped.add(instance().element(i) == null);
        }
        return new GuestState(
                used.pages(),
                used.copy(program.module().memoryImage()),
                globals.values(),
                tables.entries(),
                used.droppedSegments(),
                dropped);
    }

    /** Whether the guest has caught exceptions that it may throw again. */
    boolean hasCaught() {
        return ExceptionOperations.hasCaught(instance());
    }

    /** Goes on from a stack. */
    void resume(Snapshot snapshot) {
        snapshot.resumption().run(snapshot.frames(), present(memory), instance());
    }

    /** Calls a function without parameters and results. */
    void call(int function) {
        machine().call(function, NONE);
    }

    /** Removes all traces of the run and releases its share of limits. */
    void end() {
        if (memory != null) {
            memory.end();
        }
        globals.reset();
        tables.reset();
        Instance used = instance;
        if (used != null) {
            ExceptionOperations.forget(used);
            Element[] elements = program.elements();
            for (int i = 0; i < elements.length; i++) {
                used.setElement(i, elements[i]);
            }
            if (state != null) {
                drop(used, state);
            }
        }
    }

    /** Whether the instance was made completely. */
    boolean isComplete() {
        return instance != null;
    }

    /** Approximate bytes of the host that are kept for the next use. */
    long keptBytes() {
        long code = (long) BYTES_OF_FUNCTION * instance().functionCount();
        long values = (long) BYTES_OF_GLOBAL * globals.variables() + tables.keptBytes();
        return BYTES + code + values + (memory == null ? 0 : memory.keptBytes());
    }

    /** The memory, once there is one. */
    @Nullable FlatMemory memory() {
        return memory;
    }

    GuestGlobals globals() {
        return globals;
    }

    GuestTables tables() {
        return tables;
    }

    /** Called by the engine, before it makes anything else. */
    Machine machineOf(Instance unfinished) {
        var made = new GuestMachine(program.machineFactory(), unfinished, tables::begin);
        machine = made;
        return made;
    }

    /** Called by the engine, once. */
    FlatMemory memoryOf(MemoryLimits declared) {
        FlatMemory made = program.newMemory(declared, heapIsLow, state);
        memory = made;
        guard.accept(made);
        return made;
    }

    private Instance instance() {
        return present(instance);
    }

    private GuestMachine machine() {
        return present(machine);
    }

    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("an instance that has not begun");
        }
        return part;
    }
}
