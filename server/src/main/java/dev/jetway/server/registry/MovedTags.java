package dev.jetway.server.registry;

/** The answer to a tag that names another content than when it was pulled. */
public enum MovedTags {
    /** The new content is pulled and run. */
    FOLLOW,
    /** The recorded content is run on. */
    REFUSE;

    /**
     * Reads the value of a key.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static MovedTags parse(String text) {
        return switch (text) {
            case "follow" -> FOLLOW;
            case "refuse" -> REFUSE;
            default -> throw new IllegalArgumentException("is \"follow\" or \"refuse\"");
        };
    }
}
