package dev.jetway.sandbox.file.linux;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.FileUse;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.file.OpenFlags;
import dev.jetway.sandbox.file.OpenRequest;
import dev.jetway.sandbox.file.TimeChange;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names in the host's directories, by handles. Used by the run's thread only. */
final class HostNames implements DirectoryOperations<Integer> {
    private final Libc libc;
    private final Cookies cookies = new Cookies();

    HostNames(Libc libc) {
        this.libc = libc;
    }

    @Override
    public Integer enter(Integer here, byte[] name) {
        return libc.open(here, name, OpenFlags.PATH | OpenFlags.DIRECTORY);
    }

    @Override
    public @Nullable Integer enterAll(Integer here, List<byte[]> below) {
        int handle = libc.openBelow(here, joined(below));
        return handle < 0 ? null : handle;
    }

    private static byte[] joined(List<byte[]> names) {
        var path = new ByteArrayOutputStream();
        for (byte[] name : names) {
            if (path.size() > 0) {
                path.write('/');
            }
            path.writeBytes(name);
        }
        return path.toByteArray();
    }

    @Override
    public Integer openDirectory(Integer here, byte[] name) {
        return libc.open(here, name, OpenFlags.DIRECTORY);
    }

    @Override
    public OpenFile openFile(Integer here, byte[] name, OpenRequest request, FileUse use) {
        int made = OpenFlags.CREATE | (request.exclusive() ? OpenFlags.EXCLUSIVE : 0);
        int flags = access(request) | (use == FileUse.NEW ? made : 0);
        return regular(libc.open(here, name, flags), request, use);
    }

    private static int access(OpenRequest request) {
        int flags =
                (request.append() ? OpenFlags.APPEND : 0) | (request.sync() ? OpenFlags.SYNC : 0);
        if (!request.write() && !request.truncate()) {
            return flags;
        }
        return flags | (request.read() ? OpenFlags.READ_WRITE : OpenFlags.WRITE_ONLY);
    }

    /** Takes the type of the open file, not that of the name before. */
    private OpenFile regular(int handle, OpenRequest request, FileUse use) {
        try {
            if (libc.status(handle).type() != FileType.REGULAR_FILE) {
                throw Errno.ACCES.failure();
            }
            if (request.truncate()) {
                libc.contents().setSize(handle, 0);
            }
            return new HostFile(libc, handle, use == FileUse.GUARDED, request.append());
        } catch (RuntimeException | Error e) {
            libc.close(handle);
            throw e;
        }
    }

    @Override
    public void close(Integer directory) {
        libc.close(directory);
    }

    @Override
    public FileStatus status(Integer directory) {
        return libc.status(directory);
    }

    @Override
    public FileStatus status(Integer here, byte[] name) {
        return libc.status(here, name);
    }

    @Override
    public byte[] readLink(Integer here, byte[] name) {
        return libc.readLink(here, name);
    }

    @Override
    public void makeDirectory(Integer here, byte[] name) {
        libc.makeDirectory(here, name);
    }

    @Override
    public void makeLink(byte[] target, Integer here, byte[] name) {
        libc.makeLink(target, here, name);
    }

    @Override
    public void remove(Integer here, byte[] name, boolean isDirectory) {
        libc.remove(here, name, isDirectory);
    }

    @Override
    public void rename(Integer from, byte[] name, Integer to, byte[] newName) {
        libc.rename(from, name, to, newName);
    }

    @Override
    public void link(Integer from, byte[] name, Integer to, byte[] newName) {
        libc.link(from, name, to, newName);
    }

    @Override
    public void setTimes(Integer here, byte[] name, TimeChange accessed, TimeChange modified) {
        libc.setTimes(here, name, accessed, modified);
    }

    @Override
    public void setTimes(Integer directory, TimeChange accessed, TimeChange modified) {
        libc.setTimesOf(directory, accessed, modified);
    }

    @Override
    public void list(Integer directory, long cookie, Directory.Entries entries) {
        new HostListing(libc, cookies, directory).list(cookie, entries);
    }

    @Override
    public void sync(Integer directory, boolean metadata) {
        libc.contents().sync(directory, metadata);
    }
}
