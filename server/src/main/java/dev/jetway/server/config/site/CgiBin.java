package dev.jetway.server.config.site;

import dev.jetway.server.config.table.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The files of a {@code cgi-bin} that may be programs. */
final class CgiBin {
    /** Maximum files and folders of a site. */
    static final int MAX_ENTRIES = 10_000;

    /** Maximum depth of folders. */
    static final int MAX_DEPTH = 8;

    private static final String UNRESERVED = "-._~";

    private final SiteEntry site;
    private final Path folder;
    private final Set<Path> sources;
    private final Problems problems;
    private final List<Program> programs = new ArrayList<>();
    private int entries;

    /**
     * A regular file.
     *
     * @param path on the host
     * @param name below {@code cgi-bin}, with slashes
     * @param extension the last one, in lower case; empty if there is none
     */
    record Program(Path path, String name, String extension) {
        /** The address of the file, escaped. */
        String address() {
            var address = new StringBuilder("/" + SitePaths.CGI_BIN + "/");
            for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
                char c = (char) (b & 0xff);
                boolean plain =
                        c < 0x80
                                && (Character.isLetterOrDigit(c)
                                        || c == '/'
                                        || UNRESERVED.indexOf(c) >= 0);
                address.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
            }
            return address.toString();
        }
    }

    private CgiBin(SiteEntry site, Path folder, Set<Path> sources, Problems problems) {
        this.site = site;
        this.folder = folder;
        this.sources = sources;
        this.problems = problems;
    }

    /**
     * All files of a folder and of those below it, in the order of their names, without links and
     * hidden files.
     *
     * @param sources collects the folders
     */
    static List<Program> list(SiteEntry site, Path folder, Set<Path> sources, Problems problems) {
        var found = new CgiBin(site, folder, sources, problems);
        found.list(folder, "", 1);
        if (found.entries > MAX_ENTRIES) {
            problems.error(
                    site.position(SitePaths.CGI_BIN),
                    "holds more than " + MAX_ENTRIES + " files and folders");
            return List.of();
        }
        return List.copyOf(found.programs);
    }

    private void list(Path in, String above, int depth) {
        if (depth > MAX_DEPTH) {
            problems.error(
                    site.position(SitePaths.CGI_BIN + "/" + above),
                    "lies more than " + MAX_DEPTH + " folders deep");
            return;
        }
        sources.add(in);
        for (Path path : children(in, above)) {
            String name = String.valueOf(path.getFileName());
            if (!name.startsWith(".")) {
                visit(path, above + name, depth);
            }
        }
    }

    private List<Path> children(Path in, String above) {
        var children = new ArrayList<Path>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(in)) {
            for (Path child : found) {
                if (++entries > MAX_ENTRIES) {
                    return List.of();
                }
                children.add(child);
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            problems.error(
                    site.position(SitePaths.CGI_BIN + "/" + above),
                    "cannot be read: check that the server may read it");
        }
        children.sort(null);
        return children;
    }

    private void visit(Path path, String name, int depth) {
        try {
            var found =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isDirectory()) {
                list(path, name + "/", depth + 1);
            } else if (found.isRegularFile()) {
                int dot = name.lastIndexOf('.');
                boolean has = dot > name.lastIndexOf('/');
                programs.add(
                        new Program(
                                path,
                                name,
                                has ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : ""));
            }
        } catch (IOException e) {
            // Deleted after the folder was listed, which changes the folder's stamp.
            sources.add(folder);
        }
    }
}
