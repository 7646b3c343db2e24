package dev.jetway.module.codegen;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.ValType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Type;

/**
 * Calls functions of one type through a table or a reference. A constant of generated code, one for
 * each type with many functions; holds an object for each function that has been called, of a class
 * of its own: the JVM finds a method by its object's class in fewer steps than by a method handle.
 * Safe to share between threads: two that find the same function store objects that do the same.
 */
public final class TableCalls {
    /** The method that calls a function, with the function's own parameters and result. */
    static final String METHOD = "call";

    /**
     * Maximum number of functions of a module that get a class each, of two or three KiB; all
     * others share one with the other functions of their class and type.
     */
    static final int MOST_ALONE = 4_096;

    /**
     * Maximum number of places in all arrays of a module in which a call finds its function, of
     * four bytes; a type that would exceed it looks its functions up in a map.
     */
    static final int MOST_PLACES = 2 << 20;

    /** Counts of each module, by the one class that has its calls through tables. */
    private static final ClassValue<Used> USED =
            new ClassValue<>() {
                @Override
                protected Used computeValue(Class<?> type) {
                    return new Used(new AtomicInteger(), new AtomicInteger());
                }
            };

    /** Classes for one function, and places in arrays. */
    private record Used(AtomicInteger alone, AtomicInteger places) {
        /** This many places, or none if the module has too few left. */
        int room(int wanted) {
            int before =
                    places.getAndAccumulate(
                            wanted, (used, more) -> used > MOST_PLACES - more ? used : used + more);
            return before > MOST_PLACES - wanted ? 0 : wanted;
        }
    }

    private final MethodHandles.Lookup lookup;
    private final int type;
    private final MethodType methodType;
    private final int functionsPerClass;
    private final int functions;
    private final Class<?> caller;
    private final Map<Integer, Object> made = new ConcurrentHashMap<>();
    private final Map<Integer, Constructor<?>> shared = new HashMap<>();

    /** Objects by their function, as far as there is room. */
    private final @Nullable Object[] callers;

    /** Objects by their entry in table 0, of the caller's class; empty if the table may change. */
    private @Nullable Object[] entries = {};

    private TableCalls(
            MethodHandles.Lookup lookup,
            int type,
            MethodType methodType,
            int functionsPerClass,
            int functions,
            Class<?> caller) {
        this.lookup = lookup;
        this.type = type;
        this.methodType = methodType;
        this.functionsPerClass = functionsPerClass;
        this.functions = functions;
        this.caller = caller;
        this.callers = new Object[USED.get(lookup.lookupClass()).room(functions)];
    }

    /**
     * The bootstrap method of the constant.
     *
     * @param lookup of a generated class
     * @param type number of the functions' type in the module
     * @param methodType of their methods
     * @param functions in the module, imported ones too
     * @param caller an abstract class of the lookup's package with {@link #METHOD} of that type
     */
    public static TableCalls of(
            MethodHandles.Lookup lookup,
            String name,
            Class<?> constant,
            int type,
            MethodType methodType,
            int functionsPerClass,
            int functions,
            Class<?> caller) {
        return new TableCalls(lookup, type, methodType, functionsPerClass, functions, caller);
    }

    /**
     * The bootstrap method of an array in which generated code looks before it asks for a {@link
     * #target}: what calls the functions of a table that never changes, by entry.
     *
     * @param array type of the array, of the caller's class
     * @param size of table 0
     */
    public static Object entries(
            MethodHandles.Lookup lookup, String name, Class<?> array, TableCalls calls, int size) {
        int room = USED.get(lookup.lookupClass()).room(size);
        calls.entries = (Object[]) Array.newInstance(array.getComponentType(), room);
        return calls.entries;
    }

    /**
     * Finds the function to call.
     *
     * @param entry of the table, or the function itself
     * @param table negative for a call by reference
     * @return what calls it, of the caller's class
     * @throws ChicoryException if there is none, or one of another type
     */
    public Object target(int entry, int table, Instance instance) {
        int function = table < 0 ? entry : inTable(entry, instance.table(table), instance);
        Object found = function < callers.length ? callers[function] : null;
        if (found == null) {
            found = find(function, instance);
        }
        if (table == 0 && entry < entries.length) {
            entries[entry] = found;
        }
        return found;
    }

    @SuppressWarnings("ReferenceEquality") // The identical instance.
    private static int inTable(int entry, TableInstance table, Instance instance) {
        int function = table.requiredRef(entry);
        Instance owner = table.instance(entry);
        if (owner != null && owner != instance) {
            throw new ChicoryException("a function of another instance");
        }
        return function;
    }

    private Object find(int function, Instance instance) {
        if (!isOfType(function, instance)) {
            throw new ChicoryException("indirect call type mismatch");
        }
        try {
            Object found = made.get(function);
            if (found == null) {
                found = caller(function, instance);
                made.put(function, found);
            }
            if (function < callers.length) {
                callers[function] = found;
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(EngineFunctions.FUNCTION + function, e);
        }
    }

    private boolean isOfType(int function, Instance instance) {
        int actual = instance.functionType(function);
        return actual == type
                || ValType.heapTypeSubtype(actual, type, instance.module().typeSection());
    }

    private Object caller(int function, Instance instance) throws ReflectiveOperationException {
        Constructor<?> constructor;
        if (USED.get(lookup.lookupClass()).alone.getAndIncrement() < MOST_ALONE) {
            constructor = define(List.of(function));
        } else {
            synchronized (shared) {
                constructor = shared.get(function / functionsPerClass);
                if (constructor == null) {
                    constructor = define(functionsBeside(function, instance));
                    shared.put(function / functionsPerClass, constructor);
                }
            }
        }
        return constructor.newInstance(function);
    }

    /** The functions of the type that are in one class with a function. */
    private List<Integer> functionsBeside(int function, Instance instance) {
        int first = function - function % functionsPerClass;
        int beyond = Math.min(first + functionsPerClass, functions);
        return IntStream.range(first, beyond).filter(f -> isOfType(f, instance)).boxed().toList();
    }

    private Constructor<?> define(List<Integer> functions) throws ReflectiveOperationException {
        byte[] code =
                TableCallCode.callerOf(
                        functions,
                        Type.getInternalName(caller),
                        methodType.toMethodDescriptorString(),
                        functionsPerClass);
        return lookup.defineHiddenClass(code, true, ClassOption.STRONG)
                .lookupClass()
                .getConstructor(int.class);
    }
}
