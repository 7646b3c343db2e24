package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.failure.ErrorPages;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.server.config.ServerSettings.Change;
import dev.jetway.server.tls.TlsIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.configuration2.tree.ImmutableNode;

/** {@code jetway.toml}: strict, since it is ours alone. */
final class ServerSettingsReader {
    static final Set<String> SECTIONS =
            Set.of("server", "limits", "caps", "route", SitesReader.TABLE, ErrorPagesReader.KEY);
    static final Set<String> SERVER_KEYS =
            Set.of(
                    "listen",
                    "admin-listen",
                    "tls-listen",
                    "tls-cert",
                    "tls-key",
                    "trusted-proxies",
                    "hostname",
                    "module-cache",
                    "module-memory",
                    "module-cache-size",
                    "preload",
                    "compile-threads",
                    "compile-wait",
                    "log-dir",
                    "guest-slots",
                    "guest-memory",
                    "guest-queue",
                    "admission-wait",
                    "parked-guests",
                    "long-running-guests",
                    "idle-timeout",
                    "shutdown-timeout");
    static final Set<String> LIMIT_KEYS = limitKeys();

    private static final int LEAST_THREADS_BY_DEFAULT = 16;
    private static final int MAX_THREADS = 4096;
    private static final int MAX_PROXIES = 1000;
    private static final int MAX_PARKED = 100_000;
    private static final int MAX_LONG_RUNNING = 10_000;
    private static final int MAX_COMPILE_THREADS = 256;
    private static final int MAX_QUEUE = 1_000_000;
    private static final ByteSize NOTHING = new ByteSize(0);
    private static final ByteSize MAX_BODY = ByteSize.ofMebibytes(1L << 20);
    private static final ByteSize MAX_IN_MEMORY = ByteSize.ofMebibytes(256);
    private static final ByteSize MIN_HEAD = new ByteSize(256);
    private static final ByteSize MAX_HEAD = ByteSize.ofMebibytes(1);
    private static final Duration MIN_IDLE = Duration.ofMillis(100);
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private final Path folder;
    private final InstantSource clock;
    private final Problems problems;

    ServerSettingsReader(Path folder, InstantSource clock, Problems problems) {
        this.folder = folder;
        this.clock = clock;
        this.problems = problems;
    }

    /** What is said without a file. */
    static ServerSettings defaults(int processors) {
        return new ServerSettings(
                new ListenAddress("127.0.0.1", 8080),
                new ListenAddress("127.0.0.1", 9090),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                ByteSize.ofMebibytes(512),
                ByteSize.ofMebibytes(4096),
                Optional.empty(),
                Math.clamp(processors, 1, MAX_COMPILE_THREADS),
                Duration.ofSeconds(10),
                Optional.empty(),
                Math.clamp(4L * processors, LEAST_THREADS_BY_DEFAULT, MAX_THREADS),
                Optional.empty(),
                1024,
                Duration.ofSeconds(1),
                1024,
                Math.clamp(4L * processors, LEAST_THREADS_BY_DEFAULT, MAX_THREADS),
                ByteSize.ofKibibytes(64),
                ByteSize.ofKibibytes(32),
                Duration.ofSeconds(30),
                Duration.ofMillis(500),
                ErrorPages.NONE,
                RouteLimits.DEFAULT,
                RouteLimits.MOST);
    }

    ServerSettings read(ImmutableNode root, String file, ServerSettings base) {
        var top = new Section(root, file, problems);
        top.rejectUnknown(SECTIONS, false);
        Change change = base.change();
        top.table("server").ifPresent(section -> server(section, change));
        RouteLimits caps =
                LimitsReader.table(top, "caps", LimitsReader.CAP_KEYS, problems)
                        .map(table -> table.read(base.caps(), RouteLimits.MOST))
                        .orElse(base.caps());
        change.caps(caps);
        change.limits(base.limits().within(caps));
        top.table("limits").ifPresent(section -> limits(section, base.limits(), caps, change));
        var search = new SearchPath(folder, folder);
        return change.errorPages(new ErrorPagesReader(search, problems).read(top)).done();
    }

    private Optional<Path> folder(Section s, String key) {
        return s.parsed(
                key,
                text -> {
                    if (text.isEmpty()) {
                        throw new IllegalArgumentException("must not be empty");
                    }
                    return folder.resolve(text).normalize();
                });
    }

    private Optional<TlsSettings> tls(Section s) {
        Optional<Path> certificates = folder(s, "tls-cert");
        Optional<Path> key = folder(s, "tls-key");
        Optional<ListenAddress> listen = s.parsed("tls-listen", ListenAddress::parse);
        List<String> given =
                Stream.of("tls-cert", "tls-key", "tls-listen").filter(s.keys()::contains).toList();
        if (certificates.isEmpty() || key.isEmpty()) {
            if (!given.isEmpty()) {
                problems.error(
                        s.position(given.getFirst()),
                        "TLS needs both 'tls-cert' and 'tls-key', each the name of a PEM file");
            }
            return Optional.empty();
        }
        try {
            var identity = TlsIdentity.read(certificates.get(), key.get());
            if (!identity.isValid(clock.instant())) {
                problems.warning(
                        s.position("tls-cert"),
                        "'tls-cert': the certificate has expired, or is not valid yet");
            }
            return Optional.of(new TlsSettings(identity, listen));
        } catch (IllegalArgumentException e) {
            problems.error(s.position("tls-cert"), "TLS: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void server(Section s, Change to) {
        s.rejectUnknown(SERVER_KEYS, false);
        s.parsed("listen", ListenAddress::parse).ifPresent(to::listen);
        s.parsed("admin-listen", ListenAddress::parse).ifPresent(to::adminListen);
        tls(s).ifPresent(to::tls);
        s.list("trusted-proxies", MAX_PROXIES, Networks::parse).ifPresent(to::trustedProxies);
        s.parsed("hostname", HostText::hostname).ifPresent(to::hostname);
        folder(s, "module-cache").ifPresent(to::moduleCache);
        s.size("module-memory", NOTHING, MAX_BODY).ifPresent(to::moduleMemory);
        s.size("module-cache-size", NOTHING, MAX_BODY).ifPresent(to::moduleCacheSize);
        s.parsed("preload", Preload::parse).ifPresent(to::preload);
        s.number("compile-threads", 1, MAX_COMPILE_THREADS).ifPresent(to::compileThreads);
        s.duration("compile-wait", Duration.ZERO, MAX_WAIT).ifPresent(to::compileWait);
        folder(s, "log-dir").ifPresent(to::logDirectory);
        s.number("guest-slots", 1, MAX_THREADS).ifPresent(to::guestSlots);
        s.size("guest-memory", GuestLimits.MIN_MEMORY, MAX_BODY).ifPresent(to::guestMemory);
        s.number("guest-queue", 0, MAX_QUEUE).ifPresent(to::guestQueue);
        s.duration("admission-wait", Duration.ZERO, MAX_WAIT).ifPresent(to::admissionWait);
        s.number("parked-guests", 1, MAX_PARKED).ifPresent(to::parkedGuests);
        s.number("long-running-guests", 0, MAX_LONG_RUNNING).ifPresent(to::longRunningGuests);
        s.duration("idle-timeout", MIN_IDLE, MAX_WAIT).ifPresent(to::idleTimeout);
        s.duration("shutdown-timeout", Duration.ZERO, MAX_WAIT).ifPresent(to::shutdownTimeout);
    }

    private static Set<String> limitKeys() {
        var keys = new HashSet<>(LimitsReader.KEYS);
        keys.addAll(Set.of("request-body-memory", "response-head"));
        return Set.copyOf(keys);
    }

    private void limits(Section s, RouteLimits base, RouteLimits caps, Change to) {
        s.rejectUnknown(LIMIT_KEYS, false);
        to.limits(LimitsReader.ofTable(s, problems).read(base, caps));
        s.size("request-body-memory", NOTHING, MAX_IN_MEMORY).ifPresent(to::requestBodyMemory);
        s.size("response-head", MIN_HEAD, MAX_HEAD).ifPresent(to::responseHead);
    }
}
