package dev.jetway.server;

/** What libraries would find out at each start, and take long to, unless they are told. */
final class KnownAnswers {
    /**
     * How far apart the ends of Jetty's queues lie. To find it out Jetty starts the JVM's
     * management with all that belongs to it, the flight recorder for one.
     */
    static final String CACHE_LINE = "org.eclipse.jetty.util.referencesPerCacheLine";

    /** 64 bytes of references of 4 bytes; where they have 8, twice as far apart as they must. */
    static final int REFERENCES = 16;

    private KnownAnswers() {}

    /** Tells them, before they are loaded; what the command line says stays. */
    static void give() {
        if (System.getProperty(CACHE_LINE) == null) {
            System.setProperty(CACHE_LINE, Integer.toString(REFERENCES));
        }
    }
}
