package dev.jetway.sandbox.file.walk;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.LinkTarget;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.Opened;
import dev.jetway.sandbox.file.Place;
import dev.jetway.sandbox.file.TimeChange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a volume, by its handle. Used by the run's thread only.
 *
 * @param <H> what stands for a directory that is open
 */
final class TreeDirectory<H> implements Directory {
    private static final byte[] HERE = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    private final DirectoryOperations<H> names;
    private final Tree<H> volume;
    private final int depth;
    private @Nullable H handle;
    private boolean closed;

    /**
     * A directory.
     *
     * @param handle null for a root, which is opened at its first use
     */
    TreeDirectory(Tree<H> volume, int depth, @Nullable H handle) {
        this.names = volume.names();
        this.volume = volume;
        this.depth = depth;
        this.handle = handle;
    }

    private H handle() {
        if (closed) {
            throw Errno.BADF.failure();
        }
        H open = handle;
        if (open == null) {
            open = volume.openRoot();
            handle = open;
        }
        return open;
    }

    private PathWalk<H> walk() {
        return new PathWalk<>(names, handle(), depth);
    }

    @Override
    public Opened open(GuestPath path, OpenRequest request) {
        // With O_EXCL a link counts as an existing name (open(2)).
        boolean follow = request.follow() && !(request.create() && request.exclusive());
        try (PathWalk<H> walk = walk()) {
            Place<H> place =
                    request.create() ? walk.toFile(path, follow) : walk.toTarget(path, follow);
            return new TreeOpening<>(volume, request).open(place);
        }
    }

    @Override
    public void createDirectory(GuestPath path) {
        try (PathWalk<H> walk = walk()) {
            Place<H> place = walk.toName(path);
            byte[] name = place.nameOr(Errno.EXIST);
            requireWritableAt(walk, name);
            names.makeDirectory(place.directory(), name);
        }
    }

    @Override
    public void removeDirectory(GuestPath path) {
        try (PathWalk<H> walk = walk()) {
            Place<H> place = walk.toName(path);
            byte[] name = place.nameOr(path.endsInParent() ? Errno.NOTEMPTY : Errno.INVAL);
            volume.requireWritable();
            names.remove(place.directory(), name, true);
        }
    }

    @Override
    public void removeFile(GuestPath path) {
        try (PathWalk<H> walk = walk()) {
            Place<H> place = walk.toName(path);
            byte[] name = place.nameOr(Errno.ISDIR);
            volume.requireWritable();
            if (path.trailingSlash()) {
                walk.requireDirectory(name);
                throw Errno.ISDIR.failure();
            }
            names.remove(place.directory(), name, false);
        }
    }

    @Override
    public void createLink(byte[] target, GuestPath path) {
        try (PathWalk<H> walk = walk()) {
            Place<H> place = walk.toName(path);
            byte[] name = walk.newName(place, path);
            requireWritableAt(walk, name);
            LinkTarget.require(target, place.depth());
            names.makeLink(target, place.directory(), name);
        }
    }

    @Override
    public byte[] readLink(GuestPath path) {
        try (PathWalk<H> walk = walk()) {
            Place<H> place = walk.toTarget(path, false);
            byte[] target = names.readLink(place.directory(), place.nameOr(Errno.INVAL));
            if (target.length > 0 && target[0] == '/') {
                throw Errno.PERM.failure();
            }
            if (!GuestPath.isUtf8(target)) {
                throw Errno.ILSEQ.failure();
            }
            return target;
        }
    }

    @Override
    public void link(GuestPath existing, Directory target, GuestPath path) {
        target.atNewName(path, (directory, name) -> linkTo(existing, directory, name));
    }

    private void linkTo(GuestPath existing, Directory target, GuestPath path) {
        TreeDirectory<H> other = sameVolume(target, path);
        try (PathWalk<H> from = walk();
                PathWalk<H> to = other.walk()) {
            Place<H> place = from.toTarget(existing, false);
            if (place.status() == null) {
                throw Errno.NOENT.failure();
            }
            Place<H> newPlace = to.toName(path);
            byte[] newName = to.newName(newPlace, path);
            to.requireFree(newName);
            volume.requireWritable();
            byte[] name = place.nameOr(Errno.PERM);
            names.link(place.directory(), name, newPlace.directory(), newName);
        }
    }

    /**
     * For an existing name Linux reports that first, even where nothing may be created (mkdir(2)).
     */
    private void requireWritableAt(PathWalk<H> walk, byte[] name) {
        if (volume.readOnly()) {
            walk.requireFree(name);
        }
        volume.requireWritable();
    }

    /** The directory of a new name, if it is in the same volume. */
    @SuppressWarnings("ReferenceEquality") // Volumes are compared by identity: see Tree.
    private TreeDirectory<H> sameVolume(Directory target, GuestPath path) {
        TreeDirectory<H> other = ofSameStorage(target, path);
        if (other.volume != volume) {
            throw other.notHere(path);
        }
        return other;
    }

    @SuppressWarnings({"ReferenceEquality", "unchecked"}) // Equal names have equal handles.
    private TreeDirectory<H> ofSameStorage(Directory target, GuestPath path) {
        if (!(target instanceof TreeDirectory<?> other)) {
            throw Errno.XDEV.failure();
        }
        if (other.names != names) {
            throw other.notHere(path);
        }
        return (TreeDirectory<H>) other;
    }

    /** The failure to make a name in another volume, where its directory is looked for first. */
    private ErrnoException notHere(GuestPath path) {
        try (PathWalk<H> walk = walk()) {
            walk.toName(path);
            return Errno.XDEV.failure();
        }
    }

    @Override
    public void rename(GuestPath from, Directory target, GuestPath to) {
        target.atNewName(to, (directory, name) -> renameTo(from, directory, name));
    }

    private void renameTo(GuestPath from, Directory target, GuestPath to) {
        TreeDirectory<H> other = ofSameStorage(target, to);
        try (PathWalk<H> walk = walk();
                PathWalk<H> otherWalk = other.walk()) {
            Place<H> place = walk.toName(from);
            byte[] name = place.nameOr(Errno.BUSY);
            Place<H> newPlace = otherWalk.toName(to);
            byte[] newName = newPlace.nameOr(Errno.BUSY);
            volume.requireWritable();
            other.volume.requireWritable();
            if (from.trailingSlash() || to.trailingSlash()) {
                walk.requireDirectory(name);
            }
            names.rename(place.directory(), name, newPlace.directory(), newName);
        }
    }

    @Override
    public FileStatus status(GuestPath path, boolean follow) {
        try (PathWalk<H> walk = walk()) {
            FileStatus status = walk.toTarget(path, follow).status();
            if (status == null) {
                throw Errno.NOENT.failure();
            }
            return status;
        }
    }

    @Override
    public void setTimes(GuestPath path, boolean follow, TimeChange accessed, TimeChange modified) {
        try (PathWalk<H> walk = walk()) {
            Place<H> place = walk.toTarget(path, follow);
            if (place.status() == null) {
                throw Errno.NOENT.failure();
            }
            volume.requireWritable();
            byte[] name = place.name() == null ? HERE : place.name();
            names.setTimes(place.directory(), name, accessed, modified);
        }
    }

    @Override
    public boolean readOnly() {
        return volume.readOnly();
    }

    @Override
    public void list(long cookie, Entries entries) {
        names.list(handle(), cookie, depth > 0 ? entries : e -> entries.take(entryOfRoot(e)));
    }

    /** The parent of a root is the root itself: guests see nothing above it. */
    private Entry entryOfRoot(Entry entry) {
        return Arrays.equals(entry.name(), PARENT)
                ? new Entry(status().inode(), entry.next(), entry.type(), entry.name())
                : entry;
    }

    @Override
    public FileStatus status() {
        return names.status(handle());
    }

    @Override
    public void setTimes(TimeChange accessed, TimeChange modified) {
        volume.requireWritable();
        names.setTimes(handle(), accessed, modified);
    }

    @Override
    public void sync(boolean metadata) {
        names.sync(handle(), metadata);
    }

    @Override
    public void close() {
        H open = handle;
        handle = null;
        closed = true;
        if (open != null) {
            names.close(open);
        }
    }
}
