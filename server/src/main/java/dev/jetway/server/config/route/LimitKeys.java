package dev.jetway.server.config.route;

import dev.jetway.base.ByteSize;
import dev.jetway.route.Rate;
import dev.jetway.route.TenantLimits;
import dev.jetway.route.TrafficLimits;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.file.FileLimits;
import dev.jetway.server.config.table.Key;
import dev.jetway.server.config.table.KeyValues;
import dev.jetway.server.config.table.KeysReader;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The limits of a route, a line each: {@code [limits]} and {@code [caps]} use these names, a route
 * adds {@code -limit}.
 */
public final class LimitKeys {
    private static final ByteSize NOTHING = new ByteSize(0);
    private static final String SERVER = "no limit but the server's";
    private static final GuestLimits RUN = GuestLimits.DEFAULT;
    private static final FileLimits FILES = FileLimits.DEFAULT;
    private static final TrafficLimits TRAFFIC = TrafficLimits.DEFAULT;

    public static final Key<Duration> TIME = time("time").or(RUN.wallTime()).withCap();
    public static final Key<Duration> CPU_TIME = time("cpu-time").or(RUN.cpuTime()).withCap();
    public static final Key<ByteSize> MEMORY =
            Key.size("memory", GuestLimits.MIN_MEMORY, GuestLimits.MAX_MEMORY)
                    .or(RUN.memory())
                    .withCap();
    public static final Key<ByteSize> STDERR = bytes("stderr").or(RUN.stderr()).withCap();
    public static final Key<Duration> CLIENT_WAIT =
            time("client-wait").or(RUN.clientWait()).withCap();
    public static final Key<ByteSize> SCRATCH =
            Key.size("scratch", NOTHING, FileLimits.MAX_SCRATCH).or(FILES.scratch()).withCap();
    public static final Key<Integer> DESCRIPTORS =
            Key.count("descriptors", 1, FileLimits.MAX_DESCRIPTORS)
                    .or(FILES.descriptors())
                    .withCap();
    public static final Key<Integer> DIRECTORY_ENTRIES =
            Key.count("directory-entries", 1, FileLimits.MAX_DIRECTORY_ENTRIES)
                    .or(FILES.directoryEntries())
                    .withCap();
    public static final Key<Integer> PATH_LENGTH =
            Key.count("path-length", 1, FileLimits.MAX_PATH_LENGTH)
                    .or(FILES.pathLength())
                    .withCap();
    public static final Key<ByteSize> REQUEST_BODY =
            bytes("request-body").or(TRAFFIC.requestBody()).withCap();
    public static final Key<ByteSize> RESPONSE_BODY =
            bytes("response-body").or(TRAFFIC.responseBody()).withCap();
    public static final Key<Integer> RUNNING =
            Key.count("running", 1, TenantLimits.MAX_RUNNING)
                    .or(SERVER, _ -> TenantLimits.ALL.running())
                    .withCap();
    public static final Key<Integer> WAITING =
            Key.count("waiting", 0, TenantLimits.MAX_WAITING)
                    .or(SERVER, _ -> TenantLimits.ALL.waiting())
                    .withCap();
    public static final Key<Double> RATE =
            Key.text("rate", "at most 7 digits and `/s`, `/m` or `/h`", RateText::parse);
    public static final Key<Integer> BURST =
            Key.count("burst", 1, Rate.MAX_BURST).orElse("those of one second");

    /** All keys, in the order of the documents. */
    public static final List<Key<?>> ALL =
            List.of(
                    TIME,
                    CPU_TIME,
                    MEMORY,
                    STDERR,
                    CLIENT_WAIT,
                    SCRATCH,
                    DESCRIPTORS,
                    DIRECTORY_ENTRIES,
                    PATH_LENGTH,
                    REQUEST_BODY,
                    RESPONSE_BODY,
                    RUNNING,
                    WAITING,
                    RATE,
                    BURST);

    /** The keys of {@code [caps]}. */
    public static final List<Key<?>> CAPPED = ALL.stream().filter(Key::capped).toList();

    /** No caps but the maxima of the ranges. */
    public static final KeyValues WIDEST_CAPS = KeyValues.widestCaps(ALL);

    private LimitKeys() {}

    private static Key<Duration> time(String name) {
        return Key.time(name, GuestLimits.MIN_TIME, GuestLimits.MAX_TIME);
    }

    private static Key<ByteSize> bytes(String name) {
        return Key.size(name, NOTHING, RouteLimits.MAX_BYTES);
    }

    /** Reads limits; a rate sets the default of its burst, and a burst needs a rate. */
    public static KeyValues read(
            KeysReader reader, Collection<Key<?>> keys, KeyValues base, KeyValues caps) {
        KeyValues values = reader.read(keys, reader.has(RATE) ? base.without(BURST) : base, caps);
        if (reader.has(BURST) && !reader.has(RATE) && values.find(RATE).isEmpty()) {
            reader.rejectWithout(BURST, RATE);
        }
        return values;
    }

    /** The limits that the values give. */
    public static RouteLimits limits(KeyValues values) {
        return new RouteLimits(
                new GuestLimits(
                        values.get(TIME),
                        values.get(CPU_TIME),
                        values.get(MEMORY),
                        values.get(STDERR),
                        values.get(CLIENT_WAIT),
                        new FileLimits(
                                values.get(SCRATCH),
                                values.get(DESCRIPTORS),
                                values.get(DIRECTORY_ENTRIES),
                                values.get(PATH_LENGTH))),
                new TrafficLimits(
                        values.get(REQUEST_BODY),
                        values.get(RESPONSE_BODY),
                        new TenantLimits(values.get(RUNNING), values.get(WAITING), rate(values))));
    }

    /** A rate, with a burst of one second by default. */
    public static Optional<Rate> rate(KeyValues values) {
        return values.find(RATE)
                .map(Rate::of)
                .map(r -> new Rate(r.perSecond(), values.find(BURST).orElse(r.burst())));
    }
}
