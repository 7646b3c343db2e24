package dev.jetway.server.config;

/** The modules that are loaded before a request needs them. */
public enum Preload {
    /** All, before the first request is taken. */
    ALL,
    /** Modules that are in the cache on disk, while requests are served already. */
    USED,
    /** None. */
    NONE;

    /** Maximum routes for which all modules are loaded by default. */
    public static final int ROUTES_FOR_ALL = 100;

    /**
     * The default: all modules of a small configuration, so that invalid ones are reported at the
     * start.
     */
    public static Preload standard(int routes) {
        return routes <= ROUTES_FOR_ALL ? ALL : USED;
    }

    static Preload parse(String text) {
        return switch (text) {
            case "all" -> ALL;
            case "used" -> USED;
            case "none" -> NONE;
            default -> throw new IllegalArgumentException("is \"all\", \"used\" or \"none\"");
        };
    }
}
