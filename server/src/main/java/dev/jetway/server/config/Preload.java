package dev.jetway.server.config;

/** Which modules are loaded before a request asks for them. */
public enum Preload {
    /** All, before the first request is taken. */
    ALL,
    /** Those that were compiled before, while requests are taken already. */
    USED,
    /** None. */
    NONE;

    /** Routes up to which all modules are loaded if nothing is said. */
    public static final int ROUTES_FOR_ALL = 100;

    /** What holds if nothing is said: a small configuration shows its bad modules at the start. */
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
