package dev.jetway.sandbox.file.memory;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.FileUse;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.TimeChange;
import org.jspecify.annotations.Nullable;

/** Names in directories in memory, with the errors of Linux. Used by the run's thread only. */
public final class ScratchNames implements DirectoryOperations<ScratchNode.Folder> {
    private static final byte[] HERE = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    private final ScratchRoom room;
    private final ScratchNode.Folder root;
    private long inodes;

    public ScratchNames(ScratchRoom room) {
        this.room = room;
        this.root = new ScratchNode.Folder(++inodes, room.now());
        root.named(room.now());
    }

    public ScratchNode.Folder root() {
        return root;
    }

    @Override
    public ScratchNode.Folder enter(ScratchNode.Folder here, byte[] name) {
        if (find(here, name) instanceof ScratchNode.Folder folder) {
            return folder;
        }
        throw Errno.NOTDIR.failure();
    }

    @Override
    public ScratchNode.Folder openDirectory(ScratchNode.Folder here, byte[] name) {
        return enter(here, name);
    }

    @Override
    public OpenFile openFile(
            ScratchNode.Folder here, byte[] name, OpenRequest request, FileUse use) {
        if (use == FileUse.NEW && here.find(name) == null) {
            add(here, name, new ScratchNode.File(++inodes, room));
        }
        if (!(find(here, name) instanceof ScratchNode.File file)) {
            throw Errno.ACCES.failure();
        }
        if (request.truncate()) {
            file.setSize(0);
        }
        return new ScratchFile(file, room, request.append());
    }

    /** Nothing to close: the handle is the directory itself. */
    @Override
    public void close(ScratchNode.Folder directory) {}

    @Override
    public FileStatus status(ScratchNode.Folder directory) {
        return directory.status();
    }

    @Override
    public FileStatus status(ScratchNode.Folder here, byte[] name) {
        return find(here, name).status();
    }

    @Override
    public byte[] readLink(ScratchNode.Folder here, byte[] name) {
        if (find(here, name) instanceof ScratchNode.Link link) {
            return link.target();
        }
        throw Errno.INVAL.failure();
    }

    @Override
    public void makeDirectory(ScratchNode.Folder here, byte[] name) {
        requireFree(here, name);
        add(here, name, new ScratchNode.Folder(++inodes, room.now()));
    }

    @Override
    public void makeLink(byte[] target, ScratchNode.Folder here, byte[] name) {
        requireFree(here, name);
        add(here, name, new ScratchNode.Link(++inodes, room.now(), target.clone()));
    }

    @Override
    public void link(ScratchNode.Folder from, byte[] name, ScratchNode.Folder to, byte[] newName) {
        ScratchNode node = find(from, name);
        if (node instanceof ScratchNode.Folder) {
            throw Errno.PERM.failure();
        }
        requireFree(to, newName);
        add(to, newName, node);
    }

    @Override
    public void remove(ScratchNode.Folder here, byte[] name, boolean isDirectory) {
        ScratchNode node = find(here, name);
        if (isDirectory) {
            requireEmptyFolder(node);
        } else if (node instanceof ScratchNode.Folder) {
            throw Errno.ISDIR.failure();
        }
        drop(here, name);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // rename(2) does nothing with two names of one file.
    public void rename(
            ScratchNode.Folder from, byte[] name, ScratchNode.Folder to, byte[] newName) {
        ScratchNode moved = find(from, name);
        ScratchNode replaced = to.find(newName);
        if (moved == replaced) {
            return;
        }
        if (to.isWithin(moved)) {
            throw Errno.INVAL.failure();
        }
        requireNamed(to);
        if (replaced != null) {
            requireReplaceable(moved, replaced);
            drop(to, newName);
        }
        long now = room.now();
        // Both names exist for a moment, so that the file is never lost.
        moved.named(now);
        from.remove(name, now);
        to.put(newName, moved, now);
        moved.unnamed(now);
    }

    private static void requireReplaceable(ScratchNode moved, ScratchNode replaced) {
        if (moved instanceof ScratchNode.Folder) {
            requireEmptyFolder(replaced);
        } else if (replaced instanceof ScratchNode.Folder) {
            throw Errno.ISDIR.failure();
        }
    }

    private static void requireEmptyFolder(ScratchNode node) {
        if (!(node instanceof ScratchNode.Folder folder)) {
            throw Errno.NOTDIR.failure();
        }
        if (!folder.isEmpty()) {
            throw Errno.NOTEMPTY.failure();
        }
    }

    @Override
    public void setTimes(
            ScratchNode.Folder here, byte[] name, TimeChange accessed, TimeChange modified) {
        find(here, name).setTimes(accessed, modified, room.now());
    }

    @Override
    public void setTimes(ScratchNode.Folder directory, TimeChange accessed, TimeChange modified) {
        directory.setTimes(accessed, modified, room.now());
    }

    @Override
    public void list(ScratchNode.Folder directory, long cookie, Directory.Entries entries) {
        long inode = directory.inode();
        if (cookie < 0) {
            throw Errno.INVAL.failure();
        }
        if (cookie < 1 && !entries.take(new Directory.Entry(inode, 1, FileType.DIRECTORY, HERE))) {
            return;
        }
        if (cookie < ScratchNode.Folder.FIRST
                && !entries.take(
                        new Directory.Entry(
                                directory.above().inode(),
                                ScratchNode.Folder.FIRST,
                                FileType.DIRECTORY,
                                PARENT))) {
            return;
        }
        for (ScratchNode.Folder.Entry entry : directory.from(cookie).values()) {
            Interruption.check();
            ScratchNode node = entry.node();
            if (!entries.take(
                    new Directory.Entry(
                            node.inode(), entry.number() + 1, node.type(), entry.name()))) {
                return;
            }
        }
    }

    /** Nothing to wait for: there is no device. */
    @Override
    public void sync(ScratchNode.Folder directory, boolean metadata) {}

    private static ScratchNode find(ScratchNode.Folder here, byte[] name) {
        if (name.length == 1 && name[0] == '.') {
            return here;
        }
        @Nullable ScratchNode node = here.find(name);
        if (node == null) {
            throw Errno.NOENT.failure();
        }
        return node;
    }

    private static void requireFree(ScratchNode.Folder here, byte[] name) {
        if (here.find(name) != null) {
            throw Errno.EXIST.failure();
        }
    }

    /** Throws if the directory has been removed: nothing can be created in it. */
    private static void requireNamed(ScratchNode.Folder here) {
        if (!here.isNamed()) {
            throw Errno.NOENT.failure();
        }
    }

    private void add(ScratchNode.Folder here, byte[] name, ScratchNode node) {
        requireNamed(here);
        room.take();
        here.put(name, node, room.now());
    }

    private void drop(ScratchNode.Folder here, byte[] name) {
        here.remove(name, room.now());
        room.give(1);
    }
}
