package dev.jetway.sandbox.file.walk;

import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.LeftVolumeException;
import dev.jetway.sandbox.file.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one path through a volume, name by name, and opens each name relative to the handle
 * before it and never as a link, or all directories at once where the kernel does that. Links are
 * read and followed here. So, whatever changes meanwhile, every handle was reached from the root by
 * steps inside it; {@code ..} goes back to a handle that is still open, and never above the first.
 * Used by one thread; its handles are closed with it.
 *
 * @param <H> what stands for a directory that is open
 */
public final class PathWalk<H> implements AutoCloseable {
    /** Maximum number of symbolic links in one path, as MAXSYMLINKS of Linux. */
    static final int MAX_LINKS = 40;

    /** Maximum number of directories on the way, each an open handle. */
    static final int MAX_DEPTH = 256;

    private static final byte[] HERE = {'.'};

    /** Marks a last name with a slash where a file may be created: no file has such a name. */
    private static final byte[] SLASH = {};

    private final DirectoryOperations<H> tree;
    private final H root;
    private final int rootDepth;
    private final Deque<H> entered = new ArrayDeque<>();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private @Nullable GuestPath path;

    /** The names that the first handle was reached by, if they were entered at once. */
    private List<byte[]> atOnce = List.of();

    private int links;
    private boolean making;

    /** Number of the path's own names ahead, which are the last; those before them are of links. */
    private int own;

    /** Number of the path's own names that were taken. */
    private int taken;

    PathWalk(DirectoryOperations<H> tree, H root, int rootDepth) {
        this.tree = tree;
        this.root = root;
        this.rootDepth = rootDepth;
    }

    /** Walks to a name that is to be created, moved or removed; the last name is not looked up. */
    Place<H> toName(GuestPath path) {
        begin(path);
        byte[] name = toLast();
        return new Place<>(here(), name, depth(), null);
    }

    /**
     * Walks to the target of a path, which may be a file to be created. A slash after the last
     * name, of the path or of a link, is {@link Errno#ISDIR} whatever is there, as on Linux.
     */
    Place<H> toFile(GuestPath path, boolean follow) {
        making = true;
        return toTarget(path, follow);
    }

    /** Walks to the target of a path; a slash at the end requires a directory, through links. */
    Place<H> toTarget(GuestPath path, boolean follow) {
        begin(path);
        if (path.trailingSlash()) {
            ahead.addLast(ending());
            own++;
        }
        while (true) {
            byte[] name = toLast();
            if (name == null) {
                return new Place<>(here(), null, depth(), tree.status(here()));
            }
            FileStatus status = lookUp(name);
            if (!follow || status == null || status.type() != FileType.SYMBOLIC_LINK) {
                return new Place<>(here(), name, depth(), status);
            }
            follow(name);
        }
    }

    /** Enters all directories before the last name at once, if none is a link. */
    private void begin(GuestPath walked) {
        path = walked;
        own = walked.names().size();
        ahead.addAll(walked.names());
        int count = own - 1;
        if (count < 2 || count > MAX_DEPTH || walked.hasDots()) {
            return;
        }
        List<byte[]> before = walked.names().subList(0, count);
        H reached = tree.enterAll(root, before);
        if (reached != null) {
            entered.push(reached);
            atOnce = before;
            before.forEach(name -> ahead.removeFirst());
            own -= count;
            taken = count;
        }
    }

    /** Begins again before the last name, which is a link: its target may lead back. */
    private void oneByOne(byte[] name) {
        close();
        ahead.addFirst(name);
        atOnce.reversed().forEach(ahead::addFirst);
        own += atOnce.size() + 1;
        taken = 0;
        atOnce = List.of();
    }

    /** The status of the name in a place; null if there is no such name. */
    @Nullable FileStatus lookUp(byte[] name) {
        try {
            return tree.status(here(), name);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.NOENT) {
                return null;
            }
            throw e;
        }
    }

    /** Throws if the name is not that of a directory. */
    void requireDirectory(byte[] name) {
        FileStatus status = lookUp(name);
        if (status == null) {
            throw Errno.NOENT.failure();
        }
        if (status.type() != FileType.DIRECTORY) {
            throw Errno.NOTDIR.failure();
        }
    }

    /** Throws if the name exists. */
    void requireFree(byte[] name) {
        if (lookUp(name) != null) {
            throw Errno.EXIST.failure();
        }
    }

    /** Requires a name without a slash at its end, for anything but a directory. */
    byte[] newName(Place<H> place, GuestPath path) {
        byte[] name = place.nameOr(Errno.EXIST);
        if (path.trailingSlash()) {
            requireFree(name);
            throw Errno.NOENT.failure();
        }
        return name;
    }

    /** Enters all names but the last; null if the path ended in a directory that was entered. */
    private byte @Nullable [] toLast() {
        while (!ahead.isEmpty()) {
            Interruption.check();
            byte[] name = ahead.removeFirst();
            boolean ofPath = ahead.size() < own;
            if (ofPath) {
                own--;
                taken++;
            }
            if (isDots(name, 1) || name.length == 0) {
                continue;
            }
            if (isDots(name, 2)) {
                leave(ofPath);
                continue;
            }
            if (ahead.isEmpty()) {
                return name;
            }
            if (ahead.element().length == 0) {
                throw Errno.ISDIR.failure();
            }
            enter(name);
        }
        return null;
    }

    private byte[] ending() {
        return making ? SLASH : HERE;
    }

    private static boolean isDots(byte[] name, int count) {
        return name.length == count && name[0] == '.' && name[count - 1] == '.';
    }

    private void enter(byte[] name) {
        if (steps() >= MAX_DEPTH) {
            throw Errno.NAMETOOLONG.failure();
        }
        try {
            entered.push(tree.enter(here(), name));
        } catch (ErrnoException e) {
            // A link is not a directory (open(2), O_NOFOLLOW with O_DIRECTORY): the name may be
            // one.
            if (e.errno() != Errno.NOTDIR && e.errno() != Errno.LOOP) {
                throw e;
            }
            follow(name);
        }
    }

    /**
     * Goes back to the directory before.
     *
     * @param ofPath whether the path says so, and not a link
     */
    private void leave(boolean ofPath) {
        if (entered.isEmpty()) {
            GuestPath walked = path;
            throw ofPath && walked != null
                    ? new LeftVolumeException(walked, walked.from(taken - 1))
                    : Errno.PERM.failure();
        }
        tree.close(entered.pop());
    }

    /** Puts the link's target before the names ahead. */
    private void follow(byte[] name) {
        if (!atOnce.isEmpty()) {
            oneByOne(name);
            return;
        }
        byte[] target = target(name);
        if (++links > MAX_LINKS) {
            throw Errno.LOOP.failure();
        }
        GuestPath path = GuestPath.parse(target);
        if (path.trailingSlash()) {
            ahead.addFirst(ahead.isEmpty() ? ending() : HERE);
        }
        List<byte[]> names = path.names();
        for (int i = names.size() - 1; i >= 0; i--) {
            ahead.addFirst(names.get(i));
        }
    }

    private byte[] target(byte[] name) {
        try {
            return tree.readLink(here(), name);
        } catch (ErrnoException e) {
            // readlinkat fails with EINVAL if the name is not a link.
            throw e.errno() == Errno.INVAL ? Errno.NOTDIR.failure() : e;
        }
    }

    private H here() {
        return entered.isEmpty() ? root : entered.element();
    }

    private int depth() {
        return rootDepth + steps();
    }

    private int steps() {
        return entered.size() + (atOnce.isEmpty() ? 0 : atOnce.size() - 1);
    }

    @Override
    public void close() {
        entered.forEach(tree::close);
        entered.clear();
    }
}
