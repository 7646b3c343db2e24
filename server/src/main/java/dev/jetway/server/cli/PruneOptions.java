package dev.jetway.server.cli;

import dev.jetway.base.ByteSize;
import dev.jetway.base.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Options for the modules that {@code jetway cache prune} removes. */
final class PruneOptions {
    private static final String UNUSED_FOR = "--unused-for";
    private static final String TO_SIZE = "--to-size";

    private @Nullable String unused;
    private @Nullable String size;
    private boolean everything;

    /** The options, which set this object's fields. */
    List<CommandOption> all() {
        return List.of(
                CommandOption.of(
                        List.of(UNUSED_FOR),
                        "TIME",
                        "Those not used for that time (720h).",
                        text -> unused = text),
                CommandOption.of(
                        List.of(TO_SIZE),
                        "SIZE",
                        "Those used longest ago, until no more is left (1GiB).",
                        text -> size = text),
                CommandOption.flag(List.of("--all"), "All of them.", () -> everything = true));
    }

    /** Throws if no option was given. */
    void requireAny() {
        if (unused == null && size == null && !everything) {
            throw new CommandFailure("say which: --unused-for TIME, --to-size SIZE or --all");
        }
    }

    /** Time without use after which a module is removed. */
    Optional<Duration> unused() {
        return Optional.ofNullable(unused)
                .map(text -> parsed(UNUSED_FOR, text, DurationText::parse));
    }

    /** Size to which the cache is reduced. */
    Optional<ByteSize> size() {
        return everything
                ? Optional.of(new ByteSize(0))
                : Optional.ofNullable(size).map(text -> parsed(TO_SIZE, text, ByteSize::parse));
    }

    private static <T> T parsed(String option, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(option + ": " + e.getMessage(), e);
        }
    }
}
