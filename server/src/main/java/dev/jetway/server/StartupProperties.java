package dev.jetway.server;

/** What libraries would find out at each start, and take long to, unless they are told. */
final class StartupProperties {
    /**
     * How far apart the ends of Jetty's queues lie. To find it out Jetty starts the JVM's
     * management with all that belongs to it, for example the flight recorder.
     */
    static final String CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    /** 64 bytes of references of 4 bytes; where they have 8, twice as far apart as they must. */
    static final String REFERENCES = "16";

    /** Where the JDK has the words of languages from: Jetty makes a list of all that there are. */
    static final String LOCALES = "java.locale.providers";

    /** From the class path, where there are none: no text of ours depends on the language. */
    static final String NO_LOCALES = "SPI";

    private StartupProperties() {}

    /** Tells them, before they are loaded; what the command line says stays. */
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
