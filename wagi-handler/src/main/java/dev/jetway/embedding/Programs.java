package dev.jetway.embedding;

import dev.jetway.route.RoutePattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Programs at their paths, and what they share. Immutable: a handler, a servlet or a filter that
 * gets them loads the modules when it starts.
 *
 * @param routes a request takes the exact path first, then the longest prefix
 * @param slots programs that run at once; 1024 more requests wait for a second at most
 * @param cache folder of compiled modules, for quick starts; in memory only if empty. Whoever can
 *     write there can run code in this JVM
 */
public record Programs(List<ProgramRoute> routes, int slots, Optional<Path> cache) {
    /** Maximum routes. */
    public static final int MAX_ROUTES = 1000;

    /** The maximum of {@link #slots()}, whose minimum is 1. */
    public static final int MAX_SLOTS = 4096;

    private static final int SLOTS_OF_PROCESSOR = 4;
    private static final int LEAST_SLOTS = 16;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are too many routes or slots, or two routes match
     *     the same paths
     */
    public Programs {
        routes = List.copyOf(routes);
        if (routes.size() > MAX_ROUTES) {
            throw new IllegalArgumentException("more than " + MAX_ROUTES + " routes");
        }
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException("slots lie between 1 and " + MAX_SLOTS);
        }
        var seen = new HashSet<RoutePattern>();
        for (ProgramRoute route : routes) {
            if (!seen.add(new RoutePattern(route.path()))) {
                throw new IllegalArgumentException("two programs at " + route.path());
            }
        }
    }

    /** One program; four slots for each processor, at least 16. */
    public static Programs of(String path, Path module) {
        return of(List.of(ProgramRoute.of(path, module)));
    }

    /** Several programs; four slots for each processor, at least 16. */
    public static Programs of(List<ProgramRoute> routes) {
        int slots = SLOTS_OF_PROCESSOR * Runtime.getRuntime().availableProcessors();
        return new Programs(routes, Math.clamp(slots, LEAST_SLOTS, MAX_SLOTS), Optional.empty());
    }

    /** These programs and one more. */
    public Programs with(ProgramRoute route) {
        var more = new ArrayList<>(routes);
        more.add(route);
        return new Programs(more, slots, cache);
    }

    /** These programs and one more, by the rules of CGI and within the default limits. */
    public Programs with(String path, Path module) {
        return with(ProgramRoute.of(path, module));
    }

    /** These programs with another number of slots. */
    public Programs withSlots(int other) {
        return new Programs(routes, other, cache);
    }

    /** These programs with a folder of compiled modules. */
    public Programs withCache(Path folder) {
        return new Programs(routes, slots, Optional.of(folder));
    }
}
