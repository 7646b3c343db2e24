package dev.jetway.server.config;

import dev.jetway.base.ByteSize;
import dev.jetway.base.DurationText;
import dev.jetway.route.Rate;
import dev.jetway.route.TenantLimits;
import dev.jetway.route.TrafficLimits;
import dev.jetway.route.VolumeLimits;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.file.FileLimits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Limits as a table says them: {@code time} in {@code [limits]}, {@code time-limit} in a route.
 * What is more than may be said there is a warning, and the most that may be said holds.
 */
final class LimitsReader {
    /** What limits are called where a table holds nothing else. */
    static final Set<String> KEYS =
            Set.of(
                    "time",
                    "cpu-time",
                    "memory",
                    "stderr",
                    "client-wait",
                    "scratch",
                    "descriptors",
                    "directory-entries",
                    "path-length",
                    "request-body",
                    "response-body",
                    "running",
                    "waiting",
                    "rate",
                    "burst");

    /** Those for which there may be a cap. */
    static final Set<String> CAP_KEYS =
            KEYS.stream()
                    .filter(key -> !key.equals("rate") && !key.equals("burst"))
                    .collect(Collectors.toUnmodifiableSet());

    /** What they are called among other keys. */
    static final Set<String> LONG_KEYS = longKeys(KEYS.stream());

    /** What a site has of them. */
    static final Set<String> SITE_KEYS =
            longKeys(
                    Stream.of(
                            "memory",
                            "running",
                            "waiting",
                            "rate",
                            "burst",
                            "volume-bytes",
                            "volume-files"));

    private static final String SUFFIX = "-limit";
    private static final ByteSize NOTHING = new ByteSize(0);

    private final Section section;
    private final String suffix;
    private final Problems problems;

    private LimitsReader(Section section, String suffix, Problems problems) {
        this.section = section;
        this.suffix = suffix;
        this.problems = problems;
    }

    /** Of a table of limits. */
    static LimitsReader ofTable(Section section, Problems problems) {
        return new LimitsReader(section, "", problems);
    }

    /** Of a table that holds other keys too. */
    static LimitsReader among(Section section, Problems problems) {
        return new LimitsReader(section, SUFFIX, problems);
    }

    /** Of a table inside of another, if it is there. */
    static Optional<LimitsReader> table(
            Section outer, String key, Set<String> keys, Problems problems) {
        Optional<Section> table = outer.table(key);
        table.ifPresent(t -> t.rejectUnknown(keys, false));
        return table.map(t -> ofTable(t, problems));
    }

    private static Set<String> longKeys(Stream<String> keys) {
        return keys.map(key -> key + SUFFIX).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * All limits.
     *
     * @param standard what holds where nothing is said
     * @param caps what holds at most
     */
    RouteLimits read(RouteLimits standard, RouteLimits caps) {
        RouteLimits base = standard.within(caps);
        GuestLimits run = base.run();
        GuestLimits most = caps.run();
        TrafficLimits traffic = base.traffic();
        return new RouteLimits(
                new GuestLimits(
                        time("time", run.wallTime(), most.wallTime()),
                        time("cpu-time", run.cpuTime(), most.cpuTime()),
                        size("memory", GuestLimits.MIN_MEMORY, run.memory(), most.memory()),
                        size("stderr", NOTHING, run.stderr(), most.stderr()),
                        time("client-wait", run.clientWait(), most.clientWait()),
                        files(run.files(), most.files())),
                new TrafficLimits(
                        size(
                                "request-body",
                                NOTHING,
                                traffic.requestBody(),
                                caps.traffic().requestBody()),
                        size(
                                "response-body",
                                NOTHING,
                                traffic.responseBody(),
                                caps.traffic().responseBody()),
                        share(traffic.share(), caps.traffic().share())));
    }

    private FileLimits files(FileLimits base, FileLimits caps) {
        return new FileLimits(
                size("scratch", NOTHING, base.scratch(), caps.scratch()),
                number(
                        "descriptors",
                        1,
                        FileLimits.MAX_DESCRIPTORS,
                        base.descriptors(),
                        caps.descriptors()),
                number(
                        "directory-entries",
                        1,
                        FileLimits.MAX_DIRECTORY_ENTRIES,
                        base.directoryEntries(),
                        caps.directoryEntries()),
                number(
                        "path-length",
                        1,
                        FileLimits.MAX_PATH_LENGTH,
                        base.pathLength(),
                        caps.pathLength()));
    }

    /** What is to be had of the server at a time. */
    TenantLimits share(TenantLimits base, TenantLimits caps) {
        return new TenantLimits(
                number("running", 1, TenantLimits.MAX_RUNNING, base.running(), caps.running()),
                number("waiting", 0, TenantLimits.MAX_WAITING, base.waiting(), caps.waiting()),
                rate(base.rate()));
    }

    /** Linear memory of a site. */
    ByteSize siteMemory(ByteSize base) {
        return section.size("memory" + suffix, GuestLimits.MIN_MEMORY, RouteLimits.MAX_BYTES)
                .orElse(base);
    }

    /** What the volumes of a site hold; the other bound is the end of its range. */
    Optional<VolumeLimits> siteVolumes() {
        Optional<ByteSize> bytes =
                section.size("volume-bytes" + suffix, NOTHING, VolumeLimits.MAX_BYTES);
        OptionalInt files = section.number("volume-files" + suffix, 0, VolumeLimits.MAX_FILES);
        return bytes.isEmpty() && files.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new VolumeLimits(
                                bytes.orElse(VolumeLimits.MAX_BYTES),
                                files.orElse(VolumeLimits.MAX_FILES)));
    }

    private Optional<Rate> rate(Optional<Rate> base) {
        Optional<Double> perSecond = section.parsed("rate" + suffix, RateText::parse);
        OptionalInt burst = section.number("burst" + suffix, 1, Rate.MAX_BURST);
        Optional<Rate> rate = perSecond.map(Rate::of).or(() -> base);
        boolean asked = section.keys().contains("rate" + suffix);
        if (burst.isPresent() && rate.isEmpty() && !asked) {
            problems.error(
                    section.position("burst" + suffix),
                    "'burst" + suffix + "' says nothing without a 'rate" + suffix + "'");
        }
        return rate.map(r -> new Rate(r.perSecond(), burst.orElse(r.burst())));
    }

    private Duration time(String key, Duration base, Duration most) {
        Duration asked =
                section.duration(key + suffix, GuestLimits.MIN_TIME, GuestLimits.MAX_TIME)
                        .orElse(base);
        return asked.compareTo(most) <= 0 ? asked : capped(key, DurationText.of(most), most);
    }

    private ByteSize size(String key, ByteSize least, ByteSize base, ByteSize most) {
        ByteSize end =
                switch (key) {
                    case "memory" -> GuestLimits.MAX_MEMORY;
                    case "scratch" -> FileLimits.MAX_SCRATCH;
                    default -> RouteLimits.MAX_BYTES;
                };
        ByteSize asked = section.size(key + suffix, least, end).orElse(base);
        return asked.compareTo(most) <= 0 ? asked : capped(key, most.toString(), most);
    }

    private int number(String key, int least, int end, int base, int most) {
        int asked = section.number(key + suffix, least, end).orElse(base);
        return asked <= most ? asked : capped(key, Integer.toString(most), most);
    }

    private <T> T capped(String key, String shown, T most) {
        problems.warning(
                section.position(key + suffix),
                "'" + key + suffix + "' may be " + shown + " at most here: " + shown + " holds");
        return most;
    }
}
