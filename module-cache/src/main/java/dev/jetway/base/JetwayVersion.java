package dev.jetway.base;

import java.util.Objects;

/** The version of this build. */
public final class JetwayVersion {
    private JetwayVersion() {}

    /** The version in the jar's manifest; {@code development} when run from class files. */
    public static String current() {
        return Objects.requireNonNullElse(
                JetwayVersion.class.getPackage().getImplementationVersion(), "development");
    }
}
