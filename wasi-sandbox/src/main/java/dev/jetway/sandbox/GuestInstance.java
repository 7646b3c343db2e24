package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.module.memory.LinearMemory;
import dev.jetway.sandbox.memory.FlatMemory;
import dev.jetway.sandbox.memory.MemoryRefusedException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An instance of one program, for one run after another: {@link #begin}, {@link #call}, {@link
 * #end}. The first begin makes it; each later one finds memory and its size, globals, tables and
 * segments as the first one did. Used by one thread at a time.
 */
final class GuestInstance {
    /** Bytes of the host, about, of an instance without functions, memory, globals and tables. */
    static final int BYTES = 2048;

    /** The same of a function: what the engine copies of it, and of a global. */
    private static final int BYTES_OF_FUNCTION = 12;

    private static final int BYTES_OF_GLOBAL = 96;
    private static final long[] NONE = {};

    private final Program program;
    private final BooleanSupplier heapIsLow;
    private final GuestGlobals globals = new GuestGlobals();
    private final GuestTables tables = new GuestTables();
    private Consumer<LinearMemory> guard = memory -> {};
    private @Nullable Instance instance;
    private @Nullable GuestMachine machine;
    private @Nullable FlatMemory memory;

    GuestInstance(Program program, BooleanSupplier heapIsLow) {
        this.program = program;
        this.heapIsLow = heapIsLow;
    }

    /**
     * Makes it as new; the module's start function has run afterwards.
     *
     * @throws MemoryRefusedException if it cannot have its first pages
     */
    void begin() {
        begin(memory -> {});
    }

    /**
     * The same.
     *
     * @param guard gets its memory before anything of the guest runs
     */
    void begin(Consumer<LinearMemory> guard) {
        this.guard = guard;
        Instance made = instance;
        if (made == null) {
            instance = program.instantiate(this);
            return;
        }
        if (memory != null) {
            memory.begin();
            guard.accept(memory);
        }
        machine().renew();
        program.startFunction().ifPresent(this::call);
    }

    /** Calls a function without parameters and results. */
    void call(int function) {
        machine().call(function, NONE);
    }

    /** Leaves nothing of the run behind; what it held of limits is free. */
    void end() {
        if (memory != null) {
            memory.end();
        }
        globals.reset();
        tables.reset();
        Instance used = instance;
        if (used != null) {
            Element[] elements = program.elements();
            for (int i = 0; i < elements.length; i++) {
                used.setElement(i, elements[i]);
            }
        }
    }

    /** Whether it was made as a whole. */
    boolean isComplete() {
        return instance != null;
    }

    /** Bytes of the host that it keeps for its next use, about. */
    long keptBytes() {
        long code = (long) BYTES_OF_FUNCTION * instance().functionCount();
        long values = (long) BYTES_OF_GLOBAL * globals.variables() + tables.keptBytes();
        return BYTES + code + values + (memory == null ? 0 : memory.keptBytes());
    }

    /** Its memory once it has one. */
    @Nullable FlatMemory memory() {
        return memory;
    }

    GuestGlobals globals() {
        return globals;
    }

    GuestTables tables() {
        return tables;
    }

    /** For the engine, which makes the machine before anything else. */
    Machine machineOf(Instance unfinished) {
        var made = new GuestMachine(program.machineFactory(), unfinished, tables::begin);
        machine = made;
        return made;
    }

    /** For the engine, which asks for it once. */
    FlatMemory memoryOf(MemoryLimits declared) {
        FlatMemory made = program.newMemory(declared, heapIsLow);
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
