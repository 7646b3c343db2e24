package dev.jetway.server.log;

import dev.jetway.route.Site;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the logs of sites are: in the folder {@code logs} of a site's folder, if it is there and no
 * link, else below one folder for all. Safe to share between threads.
 */
public final class LogFolders {
    private static final String NAME = "logs";

    private final Optional<Path> all;
    private volatile Map<String, Path> own = Map.of();

    /**
     * No site has a folder of its own yet.
     *
     * @param all of sites that have none; empty: they have no logs
     */
    public LogFolders(Optional<Path> all) {
        this.all = all;
    }

    /**
     * Looks where the logs are from now on.
     *
     * @param sites folders by the names of their sites
     */
    public void use(Map<String, Path> sites) {
        var found = new HashMap<String, Path>();
        sites.forEach((name, folder) -> {
            Path logs = folder.resolve(NAME);
            if (Files.isDirectory(logs, LinkOption.NOFOLLOW_LINKS)) {
                found.put(name, logs);
            }
        });
        own = Map.copyOf(found);
    }

    /** The folder of a site's logs, or of requests for no site; empty: they have none. */
    public Optional<Path> of(Optional<Site> site) {
        String name = site.map(Site::name).orElse(Site.DEFAULT.name());
        Path logs = own.get(name);
        if (logs != null) {
            return Optional.of(logs);
        }
        return name.equals(Site.DEFAULT.name()) ? all : all.map(folder -> folder.resolve(name));
    }
}
