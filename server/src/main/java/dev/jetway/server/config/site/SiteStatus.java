package dev.jetway.server.config.site;

import dev.jetway.server.config.table.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The status of a site that is a folder. Immutable.
 *
 * @param name of the site
 * @param folder absolute
 * @param shown the folder for messages
 * @param state of the site
 * @param hosts of the site
 * @param problems of its files, and hosts that other sites have
 */
public record SiteStatus(
        String name,
        Path folder,
        Path shown,
        SiteState state,
        List<String> hosts,
        List<Problem> problems) {
    /** The folders of sites by their names. */
    public static Map<String, Path> folders(List<SiteStatus> sites) {
        return sites.stream().collect(Collectors.toMap(SiteStatus::name, SiteStatus::folder));
    }

    /** Copies the lists. */
    public SiteStatus {
        hosts = List.copyOf(hosts);
        problems = List.copyOf(problems);
    }
}
