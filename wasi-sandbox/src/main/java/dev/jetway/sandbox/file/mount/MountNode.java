package dev.jetway.sandbox.file.mount;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.GuestPath;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A folder above volumes, or the place of one. Never changes after its run has begun. Used by the
 * run's thread only.
 */
final class MountNode {
    /** Device number: a run has one such root, beside scratch with device 1. */
    private static final long DEVICE = 2;

    /** The folder's own name and that in the folder above. */
    private static final int OWN_LINKS = 2;

    private static final byte[] HERE = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    private final MountNode parent;
    private final long inode;
    private final Map<ByteBuffer, MountNode> children = new LinkedHashMap<>();
    private @Nullable Directory volume;

    /** A root. */
    MountNode() {
        this.parent = this;
        this.inode = 1;
    }

    private MountNode(MountNode parent, long inode) {
        this.parent = parent;
        this.inode = inode;
    }

    /** The folder of that name, made if it is missing. */
    MountNode child(byte[] name, LongSupplier newInode) {
        return children.computeIfAbsent(
                ByteBuffer.wrap(name), _ -> new MountNode(this, newInode.getAsLong()));
    }

    /** Puts a volume here. */
    void mount(Directory directory) {
        volume = directory;
    }

    /** The volume here; null for a folder above volumes. */
    @Nullable Directory volume() {
        return volume;
    }

    MountNode parent() {
        return parent;
    }

    /** The place of a name. */
    @Nullable MountNode child(byte[] name) {
        return children.get(ByteBuffer.wrap(name));
    }

    /**
     * Follows a path as far as it leads through folders above volumes.
     *
     * @param byName whether the last name itself is meant, and not what is under it
     */
    MountEnd follow(GuestPath path, boolean byName) {
        MountNode here = this;
        int count = path.names().size();
        for (int i = 0; i < count; i++) {
            byte[] name = path.names().get(i);
            if (isDots(name, HERE.length)) {
                continue;
            }
            if (isDots(name, PARENT.length)) {
                here = here.parent;
                continue;
            }
            MountNode next = here.child(name);
            if (next == null) {
                return here.volume == null
                        ? new MountEnd.Missing(i == count - 1)
                        : new MountEnd.InVolume(here, here.volume, path.from(i));
            }
            here = next;
            if (byName && i == count - 1) {
                return new MountEnd.Folder(here, true);
            }
        }
        return here.volume == null
                ? new MountEnd.Folder(here, false)
                : new MountEnd.InVolume(here, here.volume, path.from(count));
    }

    private static boolean isDots(byte[] name, int count) {
        return name.length == count && name[0] == '.' && name[count - 1] == '.';
    }

    /** The status of this folder, or of the volume here. */
    FileStatus status() {
        return volume == null ? ownStatus() : volume.status();
    }

    private FileStatus ownStatus() {
        return new FileStatus(
                DEVICE, inode, FileType.DIRECTORY, OWN_LINKS + children.size(), 0, 0, 0, 0);
    }

    /** The inode number as it stands in a listing. */
    long listedInode() {
        try {
            return status().inode();
        } catch (ErrnoException e) {
            // The volume's folder has been removed meanwhile.
            return inode;
        }
    }

    /** Lists the folder; a cookie is the number of entries before it. */
    void list(long cookie, Directory.Entries entries) {
        long next = 0;
        boolean wanted = true;
        if (next++ >= cookie) {
            wanted = entries.take(entry(listedInode(), next, HERE));
        }
        if (wanted && next++ >= cookie) {
            wanted = entries.take(entry(parent.listedInode(), next, PARENT));
        }
        for (Map.Entry<ByteBuffer, MountNode> child : children.entrySet()) {
            if (!wanted) {
                return;
            }
            if (next++ >= cookie) {
                long number = child.getValue().listedInode();
                wanted = entries.take(entry(number, next, child.getKey().array()));
            }
        }
    }

    private static Directory.Entry entry(long inode, long next, byte[] name) {
        return new Directory.Entry(inode, next, FileType.DIRECTORY, name);
    }
}
