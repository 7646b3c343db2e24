package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.Site;
import dev.jetway.server.config.table.Problems;
import dev.jetway.server.config.table.Section;
import dev.jetway.server.config.table.TomlFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The plans of a provider: {@code plans/NAME.toml} beside {@code jetway.toml}. Immutable.
 *
 * @param byName the values of each
 * @param sections the file of each, for listings
 */
record Plans(Map<String, SiteValues> byName, Map<String, Section> sections) {
    static final String FOLDER = "plans";

    /** Maximum plans of a server. */
    static final int MAX_PLANS = 1000;

    private static final String EXTENSION = ".toml";

    Plans {
        byName = Map.copyOf(byName);
        sections = Map.copyOf(sections);
    }

    /**
     * Checks the name of a plan.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    static String name(String text) {
        try {
            return Site.name(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).replace("a site's name", "a plan's name"), e);
        }
    }

    /**
     * Reads all plans.
     *
     * @param sources collects the files
     */
    static Plans read(Hosting hosting, Set<Path> sources, Problems problems) {
        Path folder = hosting.files().folder().resolve(FOLDER);
        sources.add(folder);
        var byName = new TreeMap<String, SiteValues>();
        var sections = new TreeMap<String, Section>();
        List<Path> files = files(folder);
        var shown = Path.of(hosting.files().shown()).resolve(FOLDER);
        if (files.size() > MAX_PLANS) {
            problems.error(
                    new SourcePosition(shown.toString(), 0), "more than " + MAX_PLANS + " plans");
            return new Plans(Map.of(), Map.of());
        }
        for (Path file : files) {
            sources.add(file);
            String name = String.valueOf(file.getFileName());
            String text = shown.resolve(name).toString();
            String plan = name.substring(0, name.length() - EXTENSION.length());
            try {
                name(plan);
            } catch (IllegalArgumentException e) {
                problems.error(new SourcePosition(text, 0), "is no plan: " + e.getMessage());
                continue;
            }
            Optional<Section> section =
                    TomlFile.read(file, text, problems).map(n -> new Section(n, text, problems));
            section.ifPresent(s -> {
                s.rejectUnknown(SiteFileKeys.PLAN_NAMES, false);
                byName.put(plan, SiteValues.of(hosting).provided(s, hosting, problems));
                sections.put(plan, s);
            });
        }
        return new Plans(byName, sections);
    }

    private static List<Path> files(Path folder) {
        var files = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + EXTENSION)) {
            for (Path file : found) {
                if (files.size() <= MAX_PLANS) {
                    files.add(file);
                }
            }
        } catch (IOException e) {
            // No folder, no plans.
            return List.of();
        }
        files.sort(null);
        return files;
    }
}
