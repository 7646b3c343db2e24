package dev.jetway.server;

/** System properties set before Jetty loads, to skip slow probes at start-up. */
final class StartupProperties {
    /**
     * Distance between the ends of Jetty's queues. To find it, Jetty starts the JVM's management
     * with all that belongs to it, for example the flight recorder.
     */
    static final String CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    /**
     * 64 bytes in references of 4 bytes; with references of 8 bytes, twice the necessary distance.
     */
    static final String REFERENCES = "16";

    /** The JDK's source of locale data: Jetty lists all locales. */
    static final String LOCALES = "java.locale.providers";

    /** Locales of the class path, which has none: no text of ours depends on the language. */
    static final String NO_LOCALES = "SPI";

    private StartupProperties() {}

    /** Sets the properties; the command line takes precedence. */
    static void give() {
        give(CACHE_LINE, REFERENCES);
        give(LOCALES, NO_LOCALES);
    }

    private static void give(String question, String answer) {
        if (System.getProperty(question) == null) {
            System.setProperty(question, answer);
        }
    }
}
