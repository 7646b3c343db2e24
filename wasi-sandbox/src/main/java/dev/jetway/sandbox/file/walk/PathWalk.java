package dev.jetway.sandbox.file.walk;

import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one path through a volume, name by name, each opened relative to the handle of the one
 * before and never as a link. Links are read and walked here, so that whatever changes meanwhile,
 * every handle was reached from the root by steps inside: {@code ..} goes back to a handle that is
 * still open, and never above the first. Used by one thread; its handles are closed with it.
 *
 * @param <H> what stands for a directory that is open
 */
public final class PathWalk<H> implements AutoCloseable {
    /** Symbolic links in one path, as MAXSYMLINKS of Linux. */
    static final int MAX_LINKS = 40;

    /** Directories on the way, each an open handle. */
    static final int MAX_DEPTH = 256;

    private static final byte[] HERE = {'.'};

    /** Stands after a last name with a slash, where a file may be made: no file has such a name. */
    private static final byte[] SLASH = {};

    private final DirectoryOperations<H> tree;
    private final H root;
    private final int rootDepth;
    private final Deque<H> entered = new ArrayDeque<>();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private int links;
    private boolean making;

    PathWalk(DirectoryOperations<H> tree, H root, int rootDepth) {
        this.tree = tree;
        this.root = root;
        this.rootDepth = rootDepth;
    }

    /** To a name that is to be made, moved or removed: the last name is not looked up. */
    Place<H> toName(GuestPath path) {
        ahead.addAll(path.names());
        byte[] name = toLast();
        return new Place<>(here(), name, depth(), null);
    }

    /**
     * To what a path means, which may be a file that is to be made: with a slash at the end of a
     * name, the path's or a link's, it is {@link Errno#ISDIR} whatever is there, as on Linux.
     */
    Place<H> toFile(GuestPath path, boolean follow) {
        making = true;
        return toTarget(path, follow);
    }

    /** To what a path means; a slash at its end means a directory, through links. */
    Place<H> toTarget(GuestPath path, boolean follow) {
        ahead.addAll(path.names());
        if (path.trailingSlash()) {
            ahead.addLast(ending());
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

    /** What a name in the place stands for; null if nothing is there. */
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

    /** Throws if the name does not stand for a directory. */
    void requireDirectory(byte[] name) {
        FileStatus status = lookUp(name);
        if (status == null) {
            throw Errno.NOENT.failure();
        }
        if (status.type() != FileType.DIRECTORY) {
            throw Errno.NOTDIR.failure();
        }
    }

    /** Throws if the name stands for something. */
    void requireFree(byte[] name) {
        if (lookUp(name) != null) {
            throw Errno.EXIST.failure();
        }
    }

    /** A name for something that is no directory: there is none with a slash at its end. */
    byte[] newName(Place<H> place, GuestPath path) {
        byte[] name = place.nameOr(Errno.EXIST);
        if (path.trailingSlash()) {
            requireFree(name);
            throw Errno.NOENT.failure();
        }
        return name;
    }

    /** Enters everything but the last name; null if the path ended in a directory entered. */
    private byte @Nullable [] toLast() {
        while (!ahead.isEmpty()) {
            Interruption.check();
            byte[] name = ahead.removeFirst();
            if (isDots(name, 1) || name.length == 0) {
                continue;
            }
            if (isDots(name, 2)) {
                leave();
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
        if (entered.size() == MAX_DEPTH) {
            throw Errno.NAMETOOLONG.failure();
        }
        try {
            entered.push(tree.enter(here(), name));
        } catch (ErrnoException e) {
            // A link is no directory (open(2), O_NOFOLLOW with O_DIRECTORY): it may be one.
            if (e.errno() != Errno.NOTDIR && e.errno() != Errno.LOOP) {
                throw e;
            }
            follow(name);
        }
    }

    private void leave() {
        if (entered.isEmpty()) {
            throw Errno.PERM.failure();
        }
        tree.close(entered.pop());
    }

    /** Puts what the link says before what is ahead. */
    private void follow(byte[] name) {
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
            // readlinkat says EINVAL of what is no link.
            throw e.errno() == Errno.INVAL ? Errno.NOTDIR.failure() : e;
        }
    }

    private H here() {
        return entered.isEmpty() ? root : entered.element();
    }

    private int depth() {
        return rootDepth + entered.size();
    }

    @Override
    public void close() {
        entered.forEach(tree::close);
        entered.clear();
    }
}
