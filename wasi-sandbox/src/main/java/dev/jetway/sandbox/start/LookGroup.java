package dev.jetway.sandbox.start;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.Opened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks that are repeated together: at names of one folder, which is opened once for all of them,
 * or each by its own path. Immutable.
 *
 * @param directory number of the guest's directory
 * @param folder the path of the folder; null if each look follows its own
 */
record LookGroup(int directory, @Nullable GuestPath folder, List<FileLook> looks) {
    /** Fewer looks than this follow their own paths: to open a folder takes several calls. */
    static final int FEWEST = 4;

    private static final OpenRequest OPEN =
            new OpenRequest(true, false, false, false, true, true, false, false, false);

    /** The folder of looks; the path is text, to be compared. */
    private record Folder(int directory, String path) {}

    /** Groups looks, those at one folder together. */
    static List<LookGroup> of(List<FileLook> looks) {
        var folders = new LinkedHashMap<Folder, List<FileLook>>();
        var groups = new ArrayList<LookGroup>();
        for (FileLook look : looks) {
            GuestPath path = look.path();
            if (path.names().size() > 1 && !path.trailingSlash() && !path.hasDots()) {
                var folder = new Folder(look.directory(), text(path.folder()));
                folders.computeIfAbsent(folder, _ -> new ArrayList<>()).add(look);
            } else {
                groups.add(new LookGroup(look.directory(), null, List.of(look)));
            }
        }
        folders.forEach((folder, in) -> {
            GuestPath path = in.size() < FEWEST ? null : in.getFirst().path().folder();
            groups.add(new LookGroup(folder.directory(), path, List.copyOf(in)));
        });
        return List.copyOf(groups);
    }

    private static String text(GuestPath path) {
        // One character for each byte: names may be any bytes.
        return String.join(
                "/",
                path.names().stream()
                        .map(name -> new String(name, StandardCharsets.ISO_8859_1))
                        .toList());
    }

    /**
     * Whether all looks find the same now.
     *
     * @param directories that the guest has from its start
     */
    boolean isTrue(List<Directory> directories) {
        if (directory >= directories.size()) {
            return false;
        }
        Directory from = directories.get(directory);
        if (folder == null) {
            return isTrue(from);
        }
        Opened opened;
        try {
            opened = from.open(folder, OPEN);
        } catch (ErrnoException e) {
            // A folder may have been missing at the start, too, or may be entered but not listed.
            return isTrue(from);
        }
        try (opened) {
            return opened instanceof Directory in
                    && looks.stream().allMatch(look -> look.isTrue(in, from));
        }
    }

    private boolean isTrue(Directory from) {
        return looks.stream().allMatch(look -> look.isTrue(from));
    }
}
