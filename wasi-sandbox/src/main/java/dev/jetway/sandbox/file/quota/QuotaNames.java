package dev.jetway.sandbox.file.quota;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.FileUse;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.TimeChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names under a quota, which counts every change. Used by the run's thread only.
 *
 * @param <H> what stands for a directory that is open
 */
public final class QuotaNames<H> implements DirectoryOperations<H> {
    private final DirectoryOperations<H> names;
    private final Quota quota;
    private final LimitHits limitHits;

    public QuotaNames(DirectoryOperations<H> names, Quota quota, LimitHits limitHits) {
        this.names = names;
        this.quota = quota;
        this.limitHits = limitHits;
    }

    @Override
    public OpenFile openFile(H here, byte[] name, OpenRequest request, FileUse use) {
        return quota.change(() -> {
            FileStatus before = statusOrNull(here, name);
            if (before == null && use == FileUse.NEW) {
                quota.requireName(limitHits);
            }
            OpenFile file = names.openFile(here, name, request, use);
            if (before == null) {
                quota.addNames(1);
            } else if (request.truncate()) {
                quota.addBytes(-before.size());
            }
            return counted(file, request);
        });
    }

    private OpenFile counted(OpenFile file, OpenRequest request) {
        try {
            return new QuotaFile(file, quota, limitHits, request.append());
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private @Nullable FileStatus statusOrNull(H here, byte[] name) {
        try {
            return names.status(here, name);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.NOENT) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void makeDirectory(H here, byte[] name) {
        adding(() -> names.makeDirectory(here, name));
    }

    @Override
    public void makeLink(byte[] target, H here, byte[] name) {
        adding(() -> names.makeLink(target, here, name));
    }

    @Override
    public void link(H from, byte[] name, H to, byte[] newName) {
        adding(() -> names.link(from, name, to, newName));
    }

    private void adding(Runnable change) {
        quota.change(() -> {
            quota.requireName(limitHits);
            change.run();
            quota.addNames(1);
            return limitHits;
        });
    }

    @Override
    public void remove(H here, byte[] name, boolean isDirectory) {
        quota.change(() -> {
            FileStatus before = statusOrNull(here, name);
            names.remove(here, name, isDirectory);
            unnamed(before);
            return limitHits;
        });
    }

    @Override
    public void rename(H from, byte[] name, H to, byte[] newName) {
        quota.change(() -> {
            FileStatus moved = statusOrNull(from, name);
            FileStatus replaced = statusOrNull(to, newName);
            names.rename(from, name, to, newName);
            if (moved != null && replaced != null && moved.inode() != replaced.inode()) {
                unnamed(replaced);
            }
            return limitHits;
        });
    }

    /** The bytes of an open file stay in use until it is closed. */
    private void unnamed(@Nullable FileStatus before) {
        quota.addNames(-1);
        if (before != null
                && before.type() == FileType.REGULAR_FILE
                && before.links() <= 1
                && !quota.isOpen(Quota.FileId.of(before))) {
            quota.addBytes(-before.size());
        }
    }

    @Override
    public @Nullable H enterAll(H here, List<byte[]> below) {
        return names.enterAll(here, below);
    }

    @Override
    public H enter(H here, byte[] name) {
        return names.enter(here, name);
    }

    @Override
    public H openDirectory(H here, byte[] name) {
        return names.openDirectory(here, name);
    }

    @Override
    public void close(H directory) {
        names.close(directory);
    }

    @Override
    public FileStatus status(H directory) {
        return names.status(directory);
    }

    @Override
    public FileStatus status(H here, byte[] name) {
        return names.status(here, name);
    }

    @Override
    public byte[] readLink(H here, byte[] name) {
        return names.readLink(here, name);
    }

    @Override
    public void setTimes(H here, byte[] name, TimeChange accessed, TimeChange modified) {
        names.setTimes(here, name, accessed, modified);
    }

    @Override
    public void setTimes(H directory, TimeChange accessed, TimeChange modified) {
        names.setTimes(directory, accessed, modified);
    }

    @Override
    public void list(H directory, long cookie, Directory.Entries entries) {
        names.list(directory, cookie, entries);
    }

    @Override
    public void sync(H directory, boolean metadata) {
        names.sync(directory, metadata);
    }
}
