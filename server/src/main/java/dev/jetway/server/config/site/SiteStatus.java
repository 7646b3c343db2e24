package dev.jetway.server.config.site;

import dev.jetway.server.config.table.Problem;
import java.nio.file.Path;
import java.util.List;

/**
 * A site that is a folder, as it is now. Immutable.
 *
 * @param name of the site
 * @param folder absolute
 * @param shown the same for messages
 * @param state how it stands with it
 * @param hosts that it answers
 * @param problems of its files, and hosts that other sites have
 */
public record SiteStatus(
        String name,
        Path folder,
        Path shown,
        SiteState state,
        List<String> hosts,
        List<Problem> problems) {
    /** Copies the lists. */
    public SiteStatus {
        hosts = List.copyOf(hosts);
        problems = List.copyOf(problems);
    }
}
