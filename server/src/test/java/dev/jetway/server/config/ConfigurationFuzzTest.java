package dev.jetway.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.server.config.spin.SpinInputs;
import dev.jetway.server.config.table.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: each is read or refused with a report, never anything else. */
final class ConfigurationFuzzTest {
    private static final int RUNS = 3000;
    private static final long SEED = 20_261_120;
    private static final List<String> SCRAPS =
            List.of(
                    "[",
                    "]",
                    "[[",
                    "{",
                    "}",
                    "\"",
                    "'",
                    "\n",
                    "=",
                    ".",
                    ",",
                    "#",
                    "\\",
                    "\0",
                    "module",
                    "route",
                    "[[module]]",
                    "[server]",
                    "= 1",
                    "= {}",
                    "= [{}]",
                    "1979-05-27",
                    "inf",
                    "true",
                    "\"\\u0000\"",
                    "volumes",
                    "environment",
                    "[[trigger.http]]",
                    "[component.a]",
                    "spin_manifest_version = 2",
                    "executor = \"wagi\"",
                    "files",
                    "../**/*",
                    "{{",
                    ":",
                    "/...",
                    "\uD83D\uDE00");

    @TempDir Path folder = Path.of("");

    @Test
    void read_damagedFiles_endsInAConfigurationOrAReport() throws IOException {
        var random = new Random(SEED);
        List<String> good = samples("mistakes.txt");
        good.add(CaseFile.text("samples/environment.toml"));
        good.add(CaseFile.text("samples/interpreters.toml"));
        var reader = new ConfigurationReader(folder, 2);
        int refused = 0;
        for (int i = 0; i < RUNS; i++) {
            for (String name : List.of("modules.toml", "jetway.toml")) {
                String text = good.get(random.nextInt(good.size()));
                Files.write(
                        folder.resolve(name),
                        damaged(text, random).getBytes(StandardCharsets.UTF_8));
            }
            try {
                reader.read(Path.of(""));
            } catch (ConfigurationException e) {
                refused++;
                assertThat(e.problems()).isNotEmpty();
                assertThat(String.valueOf(e.getMessage()).lines()).hasSameSizeAs(e.problems());
            }
        }
        assertThat(refused).isBetween(1, RUNS);
    }

    @Test
    void read_damagedManifestsOfSpin_endsInAConfigurationOrAReport() throws IOException {
        var random = new Random(SEED);
        List<String> good = samples("spin-mistakes.txt");
        var inputs = new SpinInputs(Map.of(), folder, Optional.empty(), true);
        var reader = new ConfigurationReader(folder, 2, Optional.empty(), inputs);
        int refused = 0;
        for (int i = 0; i < RUNS; i++) {
            Files.write(
                    folder.resolve("spin.toml"),
                    damaged(good.get(random.nextInt(good.size())), random)
                            .getBytes(StandardCharsets.UTF_8));
            try {
                reader.read(Path.of("spin.toml"));
            } catch (ConfigurationException e) {
                refused++;
                assertThat(e.problems()).isNotEmpty();
                assertThat(String.valueOf(e.getMessage()).lines()).hasSameSizeAs(e.problems());
            }
        }
        assertThat(refused).isBetween(1, RUNS - 1);
    }

    private static List<String> samples(String resource) {
        var samples = new ArrayList<String>();
        for (CaseFile mistakes : CaseFile.read(resource)) {
            mistakes.parts()
                    .forEach((name, text) -> {
                        if (name.endsWith(".toml")) {
                            samples.add(text);
                        }
                    });
        }
        return samples;
    }

    private static String damaged(String text, Random random) {
        var damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), from + random.nextInt(3));
            damaged.replace(from, to, SCRAPS.get(random.nextInt(SCRAPS.size())));
        }
        return damaged.toString();
    }
}
