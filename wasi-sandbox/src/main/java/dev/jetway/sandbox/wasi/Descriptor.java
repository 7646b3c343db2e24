package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.FileType;
import dev.jetway.sandbox.file.OpenFile;
import dev.jetway.sandbox.host.PolledInput;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** The object of a guest's descriptor, with the rights that the guest has kept. */
abstract sealed class Descriptor {
    private long rights;
    private long inheriting;
    private int flags;

    /**
     * Rights that the guest may try to use though it does not have them: the volume then reports
     * the more precise error ({@link Errno#ROFS}).
     */
    private final long refused;

    private Descriptor(long rights, long inheriting, int flags, long refused) {
        this.rights = rights;
        this.inheriting = inheriting;
        this.flags = flags;
        this.refused = refused;
    }

    /** The rights of the descriptor. */
    long rights() {
        return rights & ~refused;
    }

    /** The rights of files opened from here. */
    long inheriting() {
        return inheriting & ~refused;
    }

    /** The rights that files opened from here may try to use. */
    long attempts() {
        return inheriting;
    }

    /** Gives up rights; they cannot be regained. */
    void restrict(long base, long inherited) {
        if ((base & ~rights()) != 0 || (inherited & ~inheriting()) != 0) {
            throw Errno.NOTCAPABLE.failure();
        }
        rights = base | (rights & refused);
        inheriting = inherited | (inheriting & refused);
    }

    void require(long right) {
        if ((rights & right) != right) {
            throw Errno.NOTCAPABLE.failure();
        }
    }

    int flags() {
        return flags;
    }

    void setFlags(int newFlags) {
        flags = newFlags;
    }

    private static long refused(boolean readOnly) {
        return readOnly ? Rights.CHANGING : 0;
    }

    abstract FileType type();

    abstract FileStatus status();

    /** Releases the host's resources. */
    abstract void close();

    /** One of the standard streams. Its type is unknown to guests: no terminal. */
    abstract static sealed class Stream extends Descriptor {
        private Stream(long rights) {
            super(rights | Rights.FD_FILESTAT_GET | Rights.POLL_FD_READWRITE, 0, 0, 0);
        }

        @Override
        FileType type() {
            return FileType.UNKNOWN;
        }

        @Override
        FileStatus status() {
            return new FileStatus(0, 0, FileType.UNKNOWN, 0, 0, 0, 0, 0);
        }

        /** The streams belong to the run's caller. */
        @Override
        void close() {}
    }

    /** Standard input. */
    static final class Input extends Stream {
        private final PolledInput stream;

        /** A stream without polling is complete. */
        Input(InputStream stream) {
            super(Rights.FD_READ);
            this.stream = stream instanceof PolledInput polled ? polled : new CompleteInput(stream);
        }

        PolledInput stream() {
            return stream;
        }
    }

    /** Standard output or standard error. */
    static final class Output extends Stream {
        private final OutputStream stream;

        Output(OutputStream stream) {
            super(Rights.FD_WRITE);
            this.stream = stream;
        }

        OutputStream stream() {
            return stream;
        }
    }

    /** A regular file. */
    static final class File extends Descriptor {
        private final OpenFile file;

        /** A file opened from a directory; the volume that it is in decides what is allowed. */
        File(OpenFile file, Folder parent, long rights, int flags) {
            super(rights, parent.attempts(), flags, refused(file.readOnly()));
            this.file = file;
        }

        OpenFile file() {
            return file;
        }

        @Override
        FileType type() {
            return FileType.REGULAR_FILE;
        }

        @Override
        FileStatus status() {
            return file.status();
        }

        @Override
        void close() {
            file.close();
        }
    }

    /** A directory, with its guest path if it is a preopen. */
    static final class Folder extends Descriptor {
        private final Directory directory;
        private final Optional<String> preopened;

        Folder(Directory directory, Optional<String> preopened, long rights, long inheriting) {
            super(rights, inheriting, 0, refused(directory.readOnly()));
            this.directory = directory;
            this.preopened = preopened;
        }

        Directory directory() {
            return directory;
        }

        Optional<String> preopened() {
            return preopened;
        }

        @Override
        FileType type() {
            return FileType.DIRECTORY;
        }

        @Override
        FileStatus status() {
            return directory.status();
        }

        @Override
        void close() {
            directory.close();
        }
    }
}
