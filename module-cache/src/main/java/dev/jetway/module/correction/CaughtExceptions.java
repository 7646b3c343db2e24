package dev.jetway.module.correction;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.runtime.WasmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that one instance has caught by reference, by number: compiled code holds a
 * reference as a number, so nothing shows when one is dropped. The last {@link #LIMIT} are kept.
 * The engine keeps one for each tag, so that two of one tag become one. The only state of an
 * instance that we can reach is the engine's map of exceptions, so this object is an entry of that
 * map, under {@link #KEY}. Used by one thread.
 */
final class CaughtExceptions extends WasmException {
    /** Maximum number of exceptions in a run that can be thrown again. */
    static final int LIMIT = 65_536;

    static final int NONE = -1;
    private static final long serialVersionUID = 1L;
    private static final int KEY = -2;
    private static final int FIRST_ROOM = 16;

    @SuppressWarnings("serial") // Never serialised.
    private @Nullable GuestException[] kept = new GuestException[FIRST_ROOM];

    private int next;

    private CaughtExceptions(Instance instance) {
        super(instance, KEY, new long[0]);
    }

    static CaughtExceptions of(Instance instance) {
        if (instance.exn(KEY) instanceof CaughtExceptions caught) {
            return caught;
        }
        var made = new CaughtExceptions(instance);
        instance.registerException(made);
        return made;
    }

    /** Whether an instance has caught an exception by reference. */
    static boolean areIn(Instance instance) {
        return instance.exn(KEY) instanceof CaughtExceptions caught && caught.next > 0;
    }

    /** Forgets those of an instance. */
    static void forget(Instance instance) {
        if (instance.exn(KEY) instanceof CaughtExceptions caught && caught.next > 0) {
            caught.kept = new GuestException[FIRST_ROOM];
            caught.next = 0;
        }
    }

    /** The number of an exception, which is the same whenever it is caught. */
    int add(GuestException caught) {
        if (caught.handle() != NONE && kept[slot(caught.handle())] == caught) {
            return caught.handle();
        }
        if (next == kept.length && next < LIMIT) {
            kept = Arrays.copyOf(kept, 2 * kept.length);
        }
        int handle = next;
        next = (next + 1) & Integer.MAX_VALUE;
        kept[slot(handle)] = caught;
        caught.numbered(handle);
        return handle;
    }

    GuestException get(int handle) {
        if (handle < 0) {
            throw new TrapException("null exception reference");
        }
        GuestException found = kept[slot(handle)];
        if (found == null || found.handle() != handle) {
            throw new TrapException(
                    "an exception reference that is too old: the last " + LIMIT + " can be thrown");
        }
        return found;
    }

    private int slot(int handle) {
        return handle & (kept.length - 1);
    }
}
