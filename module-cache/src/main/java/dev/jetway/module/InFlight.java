package dev.jetway.module;

import dev.jetway.module.source.ModuleException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Loads each key once at a time: the first caller loads, others wait for the result or the failure.
 * Unlike a cache's own loader, a load of many seconds holds up no other key.
 *
 * @param <V> what is loaded
 */
final class InFlight<V> {
    private final ConcurrentHashMap<String, CompletableFuture<V>> loads = new ConcurrentHashMap<>();

    /** A load that may fail. */
    interface Load<V> {
        V load() throws ModuleException;
    }

    /** The result, and whether this caller loaded it. */
    record Result<V>(V value, boolean own) {}

    /** Loads, or waits for the load of another caller, whatever interrupts this one. */
    Result<V> load(String key, Load<V> load) throws ModuleException {
        var mine = new CompletableFuture<V>();
        CompletableFuture<V> theirs = loads.putIfAbsent(key, mine);
        return theirs == null ? load(key, load, mine) : new Result<>(join(theirs), false);
    }

    /** Loads, or waits for the load of another caller until an interrupt. */
    V loadInterruptibly(String key, Load<V> load) throws ModuleException, InterruptedException {
        var mine = new CompletableFuture<V>();
        CompletableFuture<V> theirs = loads.putIfAbsent(key, mine);
        if (theirs == null) {
            return load(key, load, mine).value();
        }
        try {
            return theirs.get();
        } catch (ExecutionException e) {
            return join(theirs);
        }
    }

    private Result<V> load(String key, Load<V> load, CompletableFuture<V> mine)
            throws ModuleException {
        try {
            V value = load.load();
            mine.complete(value);
            return new Result<>(value, true);
        } catch (ModuleException | RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            loads.remove(key, mine);
        }
    }

    private static <V> V join(CompletableFuture<V> load) throws ModuleException {
        try {
            return load.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ModuleException cause) {
                throw cause;
            }
            if (e.getCause() instanceof OutOfMemoryError cause) {
                throw cause;
            }
            throw e;
        }
    }
}
