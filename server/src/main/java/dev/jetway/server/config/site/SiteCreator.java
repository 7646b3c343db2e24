package dev.jetway.server.config.site;

import dev.jetway.route.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Creates the folders of sites, and the provider's files beside {@code jetway.toml}. */
public final class SiteCreator {
    /** The group keeps files of its members; others may only traverse the folder. */
    private static final Set<PosixFilePermission> FOLDER_MODE =
            PosixFilePermissions.fromString("rwxrwx---");

    private static final List<String> FOLDERS =
            List.of(
                    SitePaths.PUBLIC,
                    SitePaths.CGI_BIN,
                    SitePaths.DATA,
                    SitePaths.TMP,
                    SitePaths.LOGS);

    private final Path configuration;

    /**
     * A creator.
     *
     * @param configuration the folder of {@code jetway.toml}
     */
    public SiteCreator(Path configuration) {
        this.configuration = configuration;
    }

    /**
     * Creates a site.
     *
     * @param parent folder of sites
     * @param hosts of the site, if its name is not its host
     * @return its folder
     * @throws IllegalArgumentException if the name or a host is invalid, or the site exists
     * @throws IOException if a file cannot be written
     */
    public Path add(Path parent, String name, List<String> hosts, Optional<String> plan)
            throws IOException {
        Path folder = parent.resolve(Site.name(name));
        List<String> own = hosts.stream().map(Site::host).toList();
        plan.ifPresent(Plans::name);
        if (Files.exists(folder)) {
            throw new IllegalArgumentException("there is a folder " + folder + " already");
        }
        // The folder last: a running server must not see a site without its hosts.
        boolean named = own.equals(List.of(name.toLowerCase(Locale.ROOT)));
        if (plan.isPresent() || (!own.isEmpty() && !named)) {
            var lines = new StringBuilder();
            plan.ifPresent(p -> lines.append("plan = \"").append(p).append("\"\n"));
            if (!own.isEmpty() && !named) {
                lines.append("hosts = [").append(quoted(own)).append("]\n");
            }
            ProviderFileEditor.create(file(name), lines.toString());
        }
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, ".new-");
        for (String inner : FOLDERS) {
            Path made = Files.createDirectory(unfinished.resolve(inner));
            Files.setPosixFilePermissions(made, FOLDER_MODE);
        }
        Files.setPosixFilePermissions(unfinished, FOLDER_MODE);
        return Files.move(unfinished, folder);
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
    }

    /**
     * Suspends a site; the server notices at its next check.
     *
     * @param page the file that is shown, relative to the folder of the configuration or absolute
     */
    public void suspend(String name, Optional<Path> page) throws IOException {
        ProviderFileEditor.suspended(
                file(name), page.map(p -> configuration.relativize(p).toString()), true);
    }

    /** Serves a site again. */
    public void resume(String name) throws IOException {
        ProviderFileEditor.suspended(file(name), Optional.empty(), false);
    }

    private Path file(String name) {
        return ProviderSite.file(configuration, Site.anyName(name));
    }
}
