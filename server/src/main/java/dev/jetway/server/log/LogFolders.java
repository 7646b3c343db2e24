package dev.jetway.server.log;

import dev.jetway.route.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The log folders of sites: {@code logs} in a site's folder, if it exists and is not a link, else
 * below one folder for all. Safe to share between threads.
 */
public final class LogFolders {
    private static final String NAME = "logs";

    private final Optional<Path> all;
    private volatile Map<String, LogPlace> own = Map.of();

    /**
     * Folders before the first configuration.
     *
     * @param all folder for sites without one of their own; empty for no logs
     */
    public LogFolders(Optional<Path> all) {
        this.all = all.map(LogFolders::real);
    }

    /**
     * Finds the current log folders.
     *
     * @param sites folders by the names of their sites
     */
    public void use(Map<String, Path> sites) {
        var found = new HashMap<String, LogPlace>();
        sites.forEach((name, folder) -> {
            Path logs = folder.resolve(NAME);
            if (Files.isDirectory(logs, LinkOption.NOFOLLOW_LINKS)) {
                found.put(name, new LogPlace(logs, false));
            }
        });
        own = Map.copyOf(found);
    }

    /** The folder without links, if it exists: the operator's own may be one. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            return folder.toAbsolutePath();
        }
    }

    /** The log folder of a site, or of requests for no site; empty for no logs. */
    public Optional<LogPlace> of(Optional<Site> site) {
        String name = site.map(Site::name).orElse(Site.DEFAULT.name());
        LogPlace logs = own.get(name);
        if (logs != null) {
            return Optional.of(logs);
        }
        return all.map(folder -> name.equals(Site.DEFAULT.name()) ? folder : folder.resolve(name))
                .map(folder -> new LogPlace(folder, true));
    }
}
