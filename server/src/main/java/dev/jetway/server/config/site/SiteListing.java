package dev.jetway.server.config.site;

import dev.jetway.base.SourcePosition;
import dev.jetway.route.Site;
import dev.jetway.server.config.table.Problem;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The folders that match the provider's patterns. Used once, by one thread. */
final class SiteListing {
    /** Maximum sites of a server. */
    static final int MAX_SITES = 20_000;

    /** Maximum names that are sorted; more sites would be left out anyway. */
    private static final int MAX_NAMES = 10 * MAX_SITES;

    /** A folder at the root of many file systems; not a site. */
    private static final String LOST_AND_FOUND = "lost+found";

    private final Map<String, SiteEntry> entries = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Path> unread = new HashSet<>();
    private final Set<Path> awaited = new LinkedHashSet<>();
    private final Map<String, SourcePosition> taken;
    private final int most;

    /**
     * Lists the folders.
     *
     * @param taken names of sites that are not folders
     */
    SiteListing(List<Hosting.Pattern> patterns, Map<String, SourcePosition> taken) {
        this(patterns, taken, MAX_SITES);
    }

    /**
     * Lists some of the folders.
     *
     * @param most sites
     */
    SiteListing(List<Hosting.Pattern> patterns, Map<String, SourcePosition> taken, int most) {
        this.taken = taken;
        this.most = most;
        patterns.forEach(this::list);
    }

    /** The folders in the order of the patterns, each by name. */
    List<SiteEntry> entries() {
        return List.copyOf(entries.values());
    }

    /** Problems of folders that cannot be sites. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Folders of sites that cannot be listed now: their sites may still exist. */
    Set<Path> unread() {
        return Set.copyOf(unread);
    }

    /** Document roots that users may make: with one, the user has a site. */
    Set<Path> awaited() {
        return Set.copyOf(awaited);
    }

    private void list(Hosting.Pattern pattern) {
        var names = new ArrayList<String>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(pattern.parent(), pattern.name())) {
            for (Path path : found) {
                if (names.size() < MAX_NAMES) {
                    names.add(String.valueOf(path.getFileName()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            unread.add(pattern.parent());
            error(
                    pattern.position(),
                    "'"
                            + (pattern.userRoot().isPresent() ? "user-sites" : "sites")
                            + "': the folder "
                            + pattern.shown()
                            + " cannot be listed: make it, or check that the server may read it");
        }
        names.sort(null);
        for (String name : names) {
            if (!name.startsWith(".") && !name.equals(LOST_AND_FOUND)) {
                add(name, pattern);
            }
        }
    }

    private void add(String name, Hosting.Pattern pattern) {
        Path folder = pattern.parent().resolve(name);
        boolean user = pattern.userRoot().isPresent();
        var entry =
                new SiteEntry(
                        user ? "~" + name : name,
                        folder,
                        pattern.shown().resolve(name),
                        pattern.userRoot());
        if (!Files.isDirectory(folder) || isAwaited(entry)) {
            return;
        }
        SiteEntry other = entries.get(entry.name());
        if (other != null && other.equals(entry)) {
            return;
        }
        if (entries.size() == most) {
            if (problems.stream().noneMatch(p -> p.message().startsWith("more than"))) {
                error(entry.position(), "more than " + most + " sites: the others are left out");
            }
            return;
        }
        try {
            Site.anyName(entry.name());
        } catch (IllegalArgumentException e) {
            error(entry.position(), "is no site: " + e.getMessage() + ": rename the folder");
            return;
        }
        if (other != null || taken.containsKey(entry.name())) {
            Object where = other == null ? taken.get(entry.name()) : other.shown();
            error(
                    entry.position(),
                    "there is a site of this name at " + where + ": rename the folder");
            return;
        }
        entries.put(entry.name(), entry);
    }

    /** Whether a user's folder has no document root yet. */
    private boolean isAwaited(SiteEntry entry) {
        Optional<Path> root = entry.userRoot().map(entry.folder()::resolve);
        if (root.isEmpty() || Files.isDirectory(root.get())) {
            return false;
        }
        if (awaited.size() < MAX_SITES) {
            awaited.add(root.get());
        }
        return true;
    }

    private void error(SourcePosition position, String message) {
        problems.add(new Problem(Problem.Severity.ERROR, position, message));
    }
}
