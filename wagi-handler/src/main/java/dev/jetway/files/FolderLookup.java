package dev.jetway.files;

import dev.jetway.base.ByteText;
import dev.jetway.base.TrustedWriters;
import dev.jetway.http.PathText;
import dev.jetway.route.ScriptHandler;
import dev.jetway.route.ServeFolder;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.linux.HostFolder;
import java.util.Optional;

/**
 * Finds the entry that a path names in a folder: a file, a script, a folder's index, or the
 * fallback. Each look-up is a walk by handles that does not leave the folder ({@link HostFolder}).
 * Safe to share between threads.
 */
public final class FolderLookup {
    /** Maximum names with a script's extension that are checked in a path. */
    public static final int MAX_SCRIPT_NAMES = 16;

    private final ServeFolder action;
    private final HostFolder folder;

    /** A look-up in a served folder. */
    public FolderLookup(ServeFolder action) {
        this.action = action;
        this.folder = new HostFolder(action.root());
    }

    /**
     * The current entry of a path.
     *
     * @param path canonical, below the route: empty, or beginning with a slash
     * @throws ErrnoException if the host fails: no descriptor left, a failing device
     */
    public Lookup find(String path) {
        try (HostFolder.Look look = folder.look()) {
            return find(look, path);
        }
    }

    private Lookup find(HostFolder.Look look, String path) {
        if (path.isEmpty()) {
            return new Lookup.FolderWithoutSlash();
        }
        if (isHidden(path)) {
            // Not the fallback either: it must not answer for what is hidden.
            return script(look, path).orElseGet(Lookup.Nothing::new);
        }
        return switch (entry(look, path)) {
            case Entry.Present(FileStatus status) when status.type() == FileType.DIRECTORY ->
                    directory(look, path);
            case Entry.Present(FileStatus status) -> regular(look, path, "", status);
            case Entry.Unreadable() -> new Lookup.Unreadable();
            case Entry.Missing(boolean belowFile) ->
                    script(look, path)
                            .orElseGet(() -> belowFile ? new Lookup.Nothing() : fallback(look));
        };
    }

    private Lookup directory(HostFolder.Look look, String path) {
        if (!path.endsWith("/")) {
            return new Lookup.FolderWithoutSlash();
        }
        for (String name : action.index()) {
            Lookup found = file(look, path + name);
            if (!(found instanceof Lookup.Nothing)) {
                return found;
            }
        }
        return fallback(look);
    }

    /** Looks up the fallback, once: a missing fallback has no fallback. */
    private Lookup fallback(HostFolder.Look look) {
        return action.fallback()
                .filter(path -> !isHidden(path))
                .map(path -> file(look, path))
                .orElseGet(Lookup.Nothing::new);
    }

    private Lookup file(HostFolder.Look look, String path) {
        return switch (entry(look, path)) {
            case Entry.Present(FileStatus status) -> regular(look, path, "", status);
            case Entry.Unreadable() -> new Lookup.Unreadable();
            case Entry.Missing(boolean _) -> new Lookup.Nothing();
        };
    }

    /** The first name in the path that is a regular file, if it is a script. */
    private Optional<Lookup> script(HostFolder.Look look, String path) {
        int looks = 0;
        int from = 1;
        for (int end = path.indexOf('/', 1); end > 0; end = path.indexOf('/', from)) {
            String name = PathText.decode(path.substring(from, end));
            if (ServedNames.isHidden(name, from == 1)) {
                return Optional.empty();
            }
            if (mayRun(path.substring(0, end), name) && ++looks <= MAX_SCRIPT_NAMES) {
                String upTo = path.substring(0, end);
                if (!(entry(look, upTo) instanceof Entry.Present(FileStatus status))) {
                    return Optional.empty();
                }
                if (status.type() == FileType.REGULAR_FILE) {
                    return Optional.of(regular(look, upTo, path.substring(end), status));
                }
            }
            from = end + 1;
        }
        return Optional.empty();
    }

    private Lookup regular(HostFolder.Look look, String path, String info, FileStatus status) {
        String decoded = PathText.decode(path);
        String name = decoded.substring(decoded.lastIndexOf('/') + 1);
        if (status.type() != FileType.REGULAR_FILE) {
            return new Lookup.Nothing();
        }
        if (action.programs().containsKey(decoded)) {
            return new Lookup.Program(decoded, path, info, action.guestRoot() + decoded);
        }
        Optional<ScriptHandler> handler = handler(name);
        if (handler.isPresent() && !isTrusted(look, decoded)) {
            return new Lookup.Refused("the script " + TrustedWriters.REFUSAL);
        }
        if (handler.isPresent()) {
            return new Lookup.Script(handler.get(), path, info, action.guestRoot() + decoded);
        }
        return ServedNames.isPrivate(name, e -> handlerOf(e).isPresent())
                ? new Lookup.Nothing()
                : new Lookup.File(new StaticFile(folder, decoded, status, action.files()));
    }

    /** Whether only those may write a script that the server trusts. */
    private boolean isTrusted(HostFolder.Look look, String decoded) {
        if (!action.writers().checked()) {
            return true;
        }
        HostFolder.Permissions found = look.permissions(guestPath(decoded));
        return action.writers().trusts(found.mode(), found.group());
    }

    /** Whether a file under that path and name is a script, or a program. */
    private boolean mayRun(String path, String name) {
        return handler(name).isPresent() || action.programs().containsKey(PathText.decode(path));
    }

    private Optional<ScriptHandler> handler(String name) {
        return ServedNames.extension(name).flatMap(this::handlerOf);
    }

    private Optional<ScriptHandler> handlerOf(String extension) {
        for (ScriptHandler handler : action.handlers()) {
            if (handler.extensions().contains(extension)) {
                return Optional.of(handler);
            }
        }
        return Optional.empty();
    }

    private static boolean isHidden(String path) {
        String decoded = PathText.decode(path);
        boolean first = true;
        for (String name : decoded.substring(1).split("/", -1)) {
            if (ServedNames.isHidden(name, first)) {
                return true;
            }
            first = false;
        }
        return false;
    }

    private static Entry entry(HostFolder.Look look, String path) {
        try {
            return new Entry.Present(look.status(guestPath(PathText.decode(path))));
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                // A name that the host rejects, or a link out of the folder, does not exist.
                case NOENT, PERM, LOOP, NAMETOOLONG, ILSEQ, INVAL, XDEV, NODEV, NXIO ->
                        Entry.MISSING;
                case NOTDIR -> new Entry.Missing(true);
                case ACCES -> new Entry.Unreadable();
                default -> throw e;
            };
        }
    }

    /**
     * A decoded path below the folder, for the walk.
     *
     * @throws ErrnoException {@link Errno#ILSEQ}, {@link Errno#NAMETOOLONG} if the path is invalid
     */
    static GuestPath guestPath(String decoded) {
        return GuestPath.of(ByteText.encode(decoded.equals("/") ? "./" : decoded.substring(1)));
    }

    private sealed interface Entry {
        Entry MISSING = new Missing(false);

        record Present(FileStatus status) implements Entry {}

        /** An entry behind a folder that the server's user may not enter. */
        record Unreadable() implements Entry {}

        /**
         * No entry.
         *
         * @param belowFile whether a name before the last is a file
         */
        record Missing(boolean belowFile) implements Entry {}
    }
}
