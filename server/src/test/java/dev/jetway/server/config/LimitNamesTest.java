package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.failure.Limit;
import dev.jetway.server.config.route.LimitKeys;
import dev.jetway.server.config.table.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Limits have one name each: as a key, in logs and metrics, and in the reference. */
final class LimitNamesTest {
    private static final Path REFERENCE = Path.of("../docs/configuration.md");

    @ParameterizedTest
    @EnumSource(Limit.class)
    void limitIsAKeyOfRoutesOrInTheReference(Limit limit) throws Exception {
        Set<String> keys = LimitKeys.ALL.stream().map(Key::name).collect(Collectors.toSet());
        String line =
                Files.readAllLines(REFERENCE).stream()
                        .filter(l -> l.contains("jetway_limit_hits_total"))
                        .findFirst()
                        .orElseThrow();

        assertThat(keys.contains(limit.label()) || line.contains("`" + limit.label() + "`"))
                .as(limit.label())
                .isTrue();
    }

    @Test
    void namesAreDifferent() {
        assertThat(Arrays.stream(Limit.values()).map(Limit::label)).doesNotHaveDuplicates();
    }
}
