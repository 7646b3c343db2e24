package dev.jetway.sandbox.file.mount;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.LeftVolumeException;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.Opened;
import dev.jetway.sandbox.file.TimeChange;
import dev.jetway.sandbox.file.mount.MountEnd.Folder;
import dev.jetway.sandbox.file.mount.MountEnd.InVolume;
import dev.jetway.sandbox.file.mount.MountEnd.Missing;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A folder above volumes, or the root of a volume below such folders. Paths lead from volume to
 * volume, and each volume decides what is allowed in it. Nothing can be changed outside of volumes:
 * errors are those of a read-only file system of Linux in which the volumes are mounted. Used by
 * the run's thread only.
 */
final class MountDirectory implements Directory {
    private static final byte[] PARENT = {'.', '.'};

    private final MountNode node;

    /** The root of the volume, if it was opened for this directory alone. */
    private final @Nullable Directory opened;

    MountDirectory(MountNode node, @Nullable Directory opened) {
        this.node = node;
        this.opened = opened;
    }

    /** The root of the volume here; null for a folder above volumes. */
    private @Nullable Directory volume() {
        return opened == null ? node.volume() : opened;
    }

    /** Follows a path from volume to volume; each way out of one takes a name of the path. */
    private <T> T at(
            GuestPath path,
            boolean byName,
            Function<InVolume, T> inside,
            BiFunction<MountEnd.Outside, GuestPath, T> outside) {
        MountNode from = node;
        GuestPath ahead = path;
        while (true) {
            Interruption.check();
            switch (from.follow(ahead, byName)) {
                case MountEnd.Outside end -> {
                    return outside.apply(end, ahead);
                }
                case InVolume end -> {
                    try {
                        return inside.apply(end);
                    } catch (LeftVolumeException e) {
                        if (!e.isOf(end.rest())) {
                            throw e;
                        }
                        from = end.at();
                        ahead = e.rest();
                    }
                }
            }
        }
    }

    /** Reads what is under a path; outside of volumes that is a folder. */
    private <T> T read(
            GuestPath path, Function<InVolume, T> inside, Function<MountNode, T> folder) {
        return at(path, false, inside, (end, _) -> folder.apply(folder(end)));
    }

    private static MountNode folder(MountEnd.Outside end) {
        return switch (end) {
            case Folder folder -> folder.node();
            case Missing missing -> throw Errno.NOENT.failure();
        };
    }

    /**
     * Changes a name, which lies in a volume.
     *
     * @param existing the error for a name outside of volumes that exists
     * @param here the error for a path that ends there in {@code .}
     * @param parent the error for one that ends there in {@code ..}
     */
    private void change(
            GuestPath path, Consumer<InVolume> inside, Errno existing, Errno here, Errno parent) {
        at(
                path,
                true,
                end -> {
                    inside.accept(end);
                    return true;
                },
                (end, rest) -> {
                    throw refusal(end, existing, rest.endsInParent() ? parent : here).failure();
                });
    }

    private static Errno refusal(MountEnd.Outside end, Errno existing, Errno dots) {
        return switch (end) {
            case Folder folder -> folder.named() ? existing : dots;
            case Missing missing -> missing.last() ? Errno.ROFS : Errno.NOENT;
        };
    }

    @Override
    public Opened open(GuestPath path, OpenRequest request) {
        return at(
                path,
                false,
                end -> opened(end, end.volume().open(end.rest(), request)),
                (end, rest) -> opened(end, rest, request));
    }

    /** The root of a volume keeps its place, so that its {@code ..} is the folder above. */
    private static Opened opened(InVolume end, Opened found) {
        return end.rest().isDirectoryItself() && found instanceof Directory root
                ? new MountDirectory(end.at(), root)
                : found;
    }

    private static Opened opened(MountEnd.Outside end, GuestPath path, OpenRequest request) {
        if (request.create() && request.directory()) {
            throw Errno.INVAL.failure();
        }
        return switch (end) {
            case Folder folder -> {
                if (request.create() && request.exclusive()) {
                    throw Errno.EXIST.failure();
                }
                if (request.write() || request.create() || request.truncate()) {
                    throw Errno.ISDIR.failure();
                }
                yield new MountDirectory(folder.node(), null);
            }
            case Missing missing -> {
                boolean made = missing.last() && request.create();
                Errno refusal = path.trailingSlash() ? Errno.ISDIR : Errno.ROFS;
                throw (made ? refusal : Errno.NOENT).failure();
            }
        };
    }

    @Override
    public void createDirectory(GuestPath path) {
        change(
                path,
                end -> end.volume().createDirectory(end.rest()),
                Errno.EXIST,
                Errno.EXIST,
                Errno.EXIST);
    }

    @Override
    public void removeDirectory(GuestPath path) {
        change(
                path,
                end -> end.volume().removeDirectory(end.rest()),
                Errno.ROFS,
                Errno.INVAL,
                Errno.NOTEMPTY);
    }

    @Override
    public void removeFile(GuestPath path) {
        change(
                path,
                end -> end.volume().removeFile(end.rest()),
                Errno.ROFS,
                Errno.ISDIR,
                Errno.ISDIR);
    }

    @Override
    public void createLink(byte[] target, GuestPath path) {
        change(
                path,
                end -> end.volume().createLink(target, end.rest()),
                Errno.EXIST,
                Errno.EXIST,
                Errno.EXIST);
    }

    @Override
    public byte[] readLink(GuestPath path) {
        return read(
                path,
                end -> end.volume().readLink(end.rest()),
                _ -> {
                    throw Errno.INVAL.failure();
                });
    }

    @Override
    public void link(GuestPath existing, Directory target, GuestPath path) {
        read(
                existing,
                end -> {
                    end.volume().link(end.rest(), target, path);
                    return true;
                },
                // Directories have no further names.
                _ -> {
                    throw Errno.PERM.failure();
                });
    }

    @Override
    public void rename(GuestPath from, Directory target, GuestPath to) {
        change(
                from,
                end -> end.volume().rename(end.rest(), target, to),
                Errno.ROFS,
                Errno.BUSY,
                Errno.BUSY);
    }

    @Override
    public void atNewName(GuestPath path, BiConsumer<Directory, GuestPath> action) {
        at(
                path,
                true,
                end -> {
                    action.accept(end.volume(), end.rest());
                    return true;
                },
                (end, _) -> {
                    // The other name is that of a volume.
                    boolean none = end instanceof Missing missing && !missing.last();
                    throw (none ? Errno.NOENT : Errno.XDEV).failure();
                });
    }

    @Override
    public FileStatus status(GuestPath path, boolean follow) {
        return read(path, end -> end.volume().status(end.rest(), follow), MountNode::status);
    }

    @Override
    public void setTimes(GuestPath path, boolean follow, TimeChange accessed, TimeChange modified) {
        read(
                path,
                end -> {
                    end.volume().setTimes(end.rest(), follow, accessed, modified);
                    return true;
                },
                _ -> {
                    throw Errno.ROFS.failure();
                });
    }

    /** A folder above volumes passes on the right to change what is in them. */
    @Override
    public boolean readOnly() {
        Directory volume = volume();
        return volume != null && volume.readOnly();
    }

    @Override
    public void list(long cookie, Entries entries) {
        Directory volume = volume();
        if (volume == null) {
            node.list(cookie, entries);
        } else {
            volume.list(cookie, entry -> entries.take(entryOfRoot(entry)));
        }
    }

    private Entry entryOfRoot(Entry entry) {
        return Arrays.equals(entry.name(), PARENT)
                ? new Entry(
                        node.parent().status().inode(), entry.next(), entry.type(), entry.name())
                : entry;
    }

    @Override
    public FileStatus status() {
        Directory volume = volume();
        return volume == null ? node.status() : volume.status();
    }

    @Override
    public void setTimes(TimeChange accessed, TimeChange modified) {
        Directory volume = volume();
        if (volume == null) {
            throw Errno.ROFS.failure();
        }
        volume.setTimes(accessed, modified);
    }

    @Override
    public void sync(boolean metadata) {
        Directory volume = volume();
        if (volume != null) {
            volume.sync(metadata);
        }
    }

    /** The volumes of a run are closed with it: {@link MountRoot}. */
    @Override
    public void close() {
        if (opened != null) {
            opened.close();
        }
    }
}
