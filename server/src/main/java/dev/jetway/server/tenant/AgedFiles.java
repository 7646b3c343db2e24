package dev.jetway.server.tenant;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.Opened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the old files below one folder of a site. Names are walked by handles, links are deleted
 * and never followed. Used once, by one thread.
 */
final class AgedFiles {
    /** Maximum names that one round looks at; what is left is for the next round. */
    static final int MAX_NAMES = 10_000;

    /** Maximum depth of folders; deeper ones stay. */
    static final int MAX_DEPTH = 16;

    private static final OpenRequest LIST =
            new OpenRequest(false, false, false, false, true, true, false, false, false);

    private final Directory site;
    private final long limit;
    private int names;
    private int deleted;

    /**
     * A deletion.
     *
     * @param site the site's folder; the caller closes it
     * @param limit modification time, in nanoseconds since 1970, before which a file is old
     */
    AgedFiles(Directory site, long limit) {
        this.site = site;
        this.limit = limit;
    }

    /**
     * Deletes the old files in a folder of the site, which itself stays.
     *
     * @return the number of deleted names
     */
    int deleteBelow(String folder) {
        try {
            if (status(folder).type() == FileType.DIRECTORY) {
                visit(folder, 1);
            }
        } catch (ErrnoException e) {
            // No such folder, or it has gone meanwhile.
            return deleted;
        }
        return deleted;
    }

    private void visit(String folder, int depth) {
        for (String name : list(folder)) {
            if (names == MAX_NAMES) {
                return;
            }
            names++;
            var _ = deleteIfPossible(folder + "/" + name, depth);
        }
    }

    /** Leaves what is in use, is not empty or has gone meanwhile to the next round. */
    private boolean deleteIfPossible(String path, int depth) {
        try {
            delete(path, depth);
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    private void delete(String path, int depth) {
        FileStatus found = status(path);
        boolean old = found.modified() < limit;
        if (found.type() == FileType.DIRECTORY) {
            if (depth < MAX_DEPTH) {
                visit(path, depth + 1);
            }
            if (old) {
                site.removeDirectory(path(path));
                deleted++;
            }
        } else if (old) {
            site.removeFile(path(path));
            deleted++;
        }
    }

    private FileStatus status(String path) {
        return site.status(path(path), false);
    }

    private List<String> list(String folder) {
        var found = new ArrayList<String>();
        try (Opened opened = site.open(path(folder), LIST)) {
            if (opened instanceof Directory directory) {
                directory.list(
                        0,
                        entry -> {
                            String name = new String(entry.name(), StandardCharsets.UTF_8);
                            if (!name.equals(".") && !name.equals("..")) {
                                found.add(name);
                            }
                            return names + found.size() < MAX_NAMES;
                        });
            }
        }
        return found;
    }

    private static GuestPath path(String text) {
        return GuestPath.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
