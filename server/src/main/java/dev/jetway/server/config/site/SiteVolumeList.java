package dev.jetway.server.config.site;

import dev.jetway.sandbox.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The existing folders of a site, without links. Immutable.
 *
 * @param documents the document root
 * @param programs {@code cgi-bin}
 * @param data {@code data}
 * @param temporary {@code tmp}
 * @param logs {@code logs}, which the server writes
 */
record SiteVolumeList(
        Optional<Path> documents,
        Optional<Path> programs,
        Optional<Path> data,
        Optional<Path> temporary,
        Optional<Path> logs) {
    /**
     * The volumes of guests.
     *
     * @param writable whether they may change the document root
     */
    List<Volume> volumes(boolean writable) {
        var volumes = new ArrayList<Volume>();
        documents.ifPresent(p -> volumes.add(new Volume(SitePaths.GUEST_PUBLIC, p, !writable)));
        programs.ifPresent(p -> volumes.add(new Volume(SitePaths.GUEST_CGI_BIN, p, true)));
        data.ifPresent(p -> volumes.add(new Volume(SitePaths.GUEST_DATA, p, false)));
        temporary.ifPresent(p -> volumes.add(new Volume(SitePaths.GUEST_TMP, p, false)));
        logs.ifPresent(p -> volumes.add(new Volume(SitePaths.GUEST_LOGS, p, true)));
        return volumes;
    }
}
