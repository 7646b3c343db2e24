package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds for the whole server. Immutable.
 *
 * @param listen where requests come in
 * @param adminListen where metrics and health are served
 * @param tls if TLS is spoken
 * @param trustedProxies addresses and networks whose {@code Forwarded} fields are believed
 * @param hostname the name for requests that have none, {@code HOST[:PORT]}
 * @param moduleCache where compiled modules are kept; the platform's cache folder if empty
 * @param moduleMemory bytes of compiled modules in memory, of those not in use
 * @param moduleCacheSize bytes of compiled modules on disk
 * @param preload which modules are loaded before requests ask for them; by the number of routes if
 *     empty
 * @param compileThreads modules that are compiled at once
 * @param compileWait how long a request waits for its module
 * @param logDirectory where the standard error of guests goes, a file a route; to the log if empty
 * @param guestSlots guests that run at once
 * @param guestMemory linear memory of all guests; a part of the heap if empty
 * @param guestQueue requests that wait for a thread
 * @param admissionWait how long one waits
 * @param parkedGuests guests that wait for their clients beside those that run
 * @param longRunningGuests guests that have run for long beside those that come and go
 * @param requestBodyMemory bytes of it kept in memory; above, a temporary file
 * @param responseHead bytes of a guest's header block
 * @param idleTimeout how long a connection may be silent while it is read from or written to
 * @param shutdownTimeout how long running requests may take when the server stops
 * @param errorPages what is shown instead of error pages where the route says nothing else
 * @param limits what a route has where it says nothing else
 * @param caps what a route may say at most
 */
public record ServerSettings(
        ListenAddress listen,
        ListenAddress adminListen,
        Optional<TlsSettings> tls,
        List<String> trustedProxies,
        Optional<String> hostname,
        Optional<Path> moduleCache,
        ByteSize moduleMemory,
        ByteSize moduleCacheSize,
        Optional<Preload> preload,
        int compileThreads,
        Duration compileWait,
        Optional<Path> logDirectory,
        int guestSlots,
        Optional<ByteSize> guestMemory,
        int guestQueue,
        Duration admissionWait,
        int parkedGuests,
        int longRunningGuests,
        ByteSize requestBodyMemory,
        ByteSize responseHead,
        Duration idleTimeout,
        Duration shutdownTimeout,
        ErrorPages errorPages,
        RouteLimits limits,
        RouteLimits caps) {
    /** Copies the list. */
    public ServerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Settings that begin as these and may be changed one by one. */
    public Change change() {
        return new Change(this);
    }

    /** Settings in the making. Used by one thread. */
    public static final class Change {
        private ListenAddress listen;
        private ListenAddress adminListen;
        private Optional<TlsSettings> tls;
        private List<String> trustedProxies;
        private Optional<String> hostname;
        private Optional<Path> moduleCache;
        private ByteSize moduleMemory;
        private ByteSize moduleCacheSize;
        private Optional<Preload> preload;
        private int compileThreads;
        private Duration compileWait;
        private Optional<Path> logDirectory;
        private int guestSlots;
        private Optional<ByteSize> guestMemory;
        private int guestQueue;
        private Duration admissionWait;
        private int parkedGuests;
        private int longRunningGuests;
        private ByteSize requestBodyMemory;
        private ByteSize responseHead;
        private Duration idleTimeout;
        private Duration shutdownTimeout;
        private ErrorPages errorPages;
        private RouteLimits limits;
        private RouteLimits caps;

        private Change(ServerSettings from) {
            listen = from.listen;
            adminListen = from.adminListen;
            tls = from.tls;
            trustedProxies = from.trustedProxies;
            hostname = from.hostname;
            moduleCache = from.moduleCache;
            moduleMemory = from.moduleMemory;
            moduleCacheSize = from.moduleCacheSize;
            preload = from.preload;
            compileThreads = from.compileThreads;
            compileWait = from.compileWait;
            logDirectory = from.logDirectory;
            guestSlots = from.guestSlots;
            guestMemory = from.guestMemory;
            guestQueue = from.guestQueue;
            admissionWait = from.admissionWait;
            parkedGuests = from.parkedGuests;
            longRunningGuests = from.longRunningGuests;
            requestBodyMemory = from.requestBodyMemory;
            responseHead = from.responseHead;
            idleTimeout = from.idleTimeout;
            shutdownTimeout = from.shutdownTimeout;
            errorPages = from.errorPages;
            limits = from.limits;
            caps = from.caps;
        }

        /** Sets it. */
        public Change listen(ListenAddress value) {
            listen = value;
            return this;
        }

        /** Sets it. */
        public Change adminListen(ListenAddress value) {
            adminListen = value;
            return this;
        }

        /** Sets it. */
        public Change tls(TlsSettings value) {
            tls = Optional.of(value);
            return this;
        }

        /** Sets it. */
        public Change trustedProxies(List<String> value) {
            trustedProxies = value;
            return this;
        }

        /** Sets it. */
        public Change hostname(String value) {
            hostname = Optional.of(value);
            return this;
        }

        /** Sets it. */
        public Change moduleCache(Path value) {
            moduleCache = Optional.of(value);
            return this;
        }

        /** Sets it. */
        public Change moduleMemory(ByteSize value) {
            moduleMemory = value;
            return this;
        }

        /** Sets it. */
        public Change moduleCacheSize(ByteSize value) {
            moduleCacheSize = value;
            return this;
        }

        /** Sets it. */
        public Change preload(Preload value) {
            preload = Optional.of(value);
            return this;
        }

        /** Sets it. */
        public Change compileThreads(int value) {
            compileThreads = value;
            return this;
        }

        /** Sets it. */
        public Change compileWait(Duration value) {
            compileWait = value;
            return this;
        }

        /** Sets it. */
        public Change logDirectory(Path value) {
            logDirectory = Optional.of(value);
            return this;
        }

        /** Sets it. */
        public Change guestSlots(int value) {
            guestSlots = value;
            return this;
        }

        /** Sets it. */
        public Change guestMemory(ByteSize value) {
            guestMemory = Optional.of(value);
            return this;
        }

        /** Sets it. */
        public Change guestQueue(int value) {
            guestQueue = value;
            return this;
        }

        /** Sets it. */
        public Change admissionWait(Duration value) {
            admissionWait = value;
            return this;
        }

        /** Sets it. */
        public Change parkedGuests(int value) {
            parkedGuests = value;
            return this;
        }

        /** Sets it. */
        public Change longRunningGuests(int value) {
            longRunningGuests = value;
            return this;
        }

        /** Sets it. */
        public Change requestBodyMemory(ByteSize value) {
            requestBodyMemory = value;
            return this;
        }

        /** Sets it. */
        public Change responseHead(ByteSize value) {
            responseHead = value;
            return this;
        }

        /** Sets it. */
        public Change idleTimeout(Duration value) {
            idleTimeout = value;
            return this;
        }

        /** Sets it. */
        public Change shutdownTimeout(Duration value) {
            shutdownTimeout = value;
            return this;
        }

        /** Sets it. */
        public Change errorPages(ErrorPages value) {
            errorPages = value;
            return this;
        }

        /** Sets it. */
        public Change limits(RouteLimits value) {
            limits = value;
            return this;
        }

        /** Sets it. */
        public Change caps(RouteLimits value) {
            caps = value;
            return this;
        }

        /** The settings as they are now. */
        public ServerSettings done() {
            return new ServerSettings(
                    listen,
                    adminListen,
                    tls,
                    trustedProxies,
                    hostname,
                    moduleCache,
                    moduleMemory,
                    moduleCacheSize,
                    preload,
                    compileThreads,
                    compileWait,
                    logDirectory,
                    guestSlots,
                    guestMemory,
                    guestQueue,
                    admissionWait,
                    parkedGuests,
                    longRunningGuests,
                    requestBodyMemory,
                    responseHead,
                    idleTimeout,
                    shutdownTimeout,
                    errorPages,
                    limits,
                    caps);
        }
    }
}
