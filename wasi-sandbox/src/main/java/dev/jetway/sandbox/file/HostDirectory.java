package dev.jetway.sandbox.file;

/** A directory of a volume, by its handle. Used by the run's thread only. */
final class HostDirectory implements Directory {
    private static final int CLOSED = -1;
    private static final int UNOPENED = -2;
    private static final byte[] HERE = {'.'};

    private final Libc libc;
    private final HostVolume volume;
    private final int depth;
    private int handle;

    HostDirectory(Libc libc, HostVolume volume, int depth, int handle) {
        this.libc = libc;
        this.volume = volume;
        this.depth = depth;
        this.handle = handle;
    }

    static HostDirectory root(Libc libc, HostVolume volume) {
        return new HostDirectory(libc, volume, 0, UNOPENED);
    }

    private int handle() {
        if (handle == UNOPENED) {
            handle = libc.openRoot(volume.directory());
        } else if (handle == CLOSED) {
            throw Errno.BADF.failure();
        }
        return handle;
    }

    private Walk walk() {
        return new Walk(libc, handle(), depth);
    }

    @Override
    public Opened open(GuestPath path, OpenRequest request) {
        // O_EXCL takes a link for what exists (open(2)).
        boolean follow = request.follow() && !(request.create() && request.exclusive());
        try (Walk walk = walk()) {
            return new HostOpening(libc, volume, request).open(walk.toTarget(path, follow));
        }
    }

    @Override
    public void createDirectory(GuestPath path) {
        try (Walk walk = walk()) {
            Place place = walk.toName(path);
            byte[] name = place.nameOr(Errno.EXIST);
            volume.requireWritable();
            libc.makeDirectory(place.directory(), name);
        }
    }

    @Override
    public void removeDirectory(GuestPath path) {
        try (Walk walk = walk()) {
            Place place = walk.toName(path);
            byte[] name = place.nameOr(Errno.INVAL);
            volume.requireWritable();
            libc.remove(place.directory(), name, true);
        }
    }

    @Override
    public void removeFile(GuestPath path) {
        try (Walk walk = walk()) {
            Place place = walk.toName(path);
            byte[] name = place.nameOr(Errno.ISDIR);
            if (path.trailingSlash()) {
                walk.requireDirectory(name);
                throw Errno.ISDIR.failure();
            }
            volume.requireWritable();
            libc.remove(place.directory(), name, false);
        }
    }

    @Override
    public void createLink(byte[] target, GuestPath path) {
        try (Walk walk = walk()) {
            Place place = walk.toName(path);
            byte[] name = walk.newName(place, path);
            volume.requireWritable();
            LinkTarget.require(target, place.depth());
            libc.makeLink(target, place.directory(), name);
        }
    }

    @Override
    public byte[] readLink(GuestPath path) {
        try (Walk walk = walk()) {
            Place place = walk.toTarget(path, false);
            byte[] target = libc.readLink(place.directory(), place.nameOr(Errno.INVAL));
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
        HostDirectory other = sameVolume(target);
        try (Walk from = walk();
                Walk to = other.walk()) {
            Place place = from.toName(existing);
            byte[] name = place.nameOr(Errno.PERM);
            if (existing.trailingSlash()) {
                from.requireDirectory(name);
                throw Errno.PERM.failure();
            }
            Place newPlace = to.toName(path);
            byte[] newName = to.newName(newPlace, path);
            volume.requireWritable();
            libc.link(place.directory(), name, newPlace.directory(), newName);
        }
    }

    @SuppressWarnings("ReferenceEquality") // A volume is one object: see HostVolume.
    private HostDirectory sameVolume(Directory target) {
        if (target instanceof HostDirectory other && other.volume == volume) {
            return other;
        }
        throw Errno.XDEV.failure();
    }

    @Override
    public void rename(GuestPath from, Directory target, GuestPath to) {
        if (!(target instanceof HostDirectory other)) {
            throw Errno.XDEV.failure();
        }
        try (Walk walk = walk();
                Walk otherWalk = other.walk()) {
            Place place = walk.toName(from);
            byte[] name = place.nameOr(Errno.BUSY);
            Place newPlace = otherWalk.toName(to);
            byte[] newName = newPlace.nameOr(Errno.BUSY);
            if (from.trailingSlash() || to.trailingSlash()) {
                walk.requireDirectory(name);
            }
            volume.requireWritable();
            other.volume.requireWritable();
            libc.rename(place.directory(), name, newPlace.directory(), newName);
        }
    }

    @Override
    public FileStatus status(GuestPath path, boolean follow) {
        try (Walk walk = walk()) {
            FileStatus status = walk.toTarget(path, follow).status();
            if (status == null) {
                throw Errno.NOENT.failure();
            }
            return status;
        }
    }

    @Override
    public void setTimes(GuestPath path, boolean follow, TimeChange accessed, TimeChange modified) {
        try (Walk walk = walk()) {
            Place place = walk.toTarget(path, follow);
            if (place.status() == null) {
                throw Errno.NOENT.failure();
            }
            volume.requireWritable();
            byte[] name = place.name() == null ? HERE : place.name();
            libc.setTimes(place.directory(), name, accessed, modified);
        }
    }

    @Override
    public void list(long cookie, Entries entries) {
        new HostListing(libc, handle()).list(cookie, entries);
    }

    @Override
    public FileStatus status() {
        return libc.status(handle());
    }

    @Override
    public void setTimes(TimeChange accessed, TimeChange modified) {
        volume.requireWritable();
        libc.setTimesOf(handle(), accessed, modified);
    }

    @Override
    public void sync(boolean metadata) {
        libc.contents().sync(handle(), metadata);
    }

    @Override
    public void close() {
        if (handle >= 0) {
            libc.close(handle);
        }
        handle = CLOSED;
    }
}
