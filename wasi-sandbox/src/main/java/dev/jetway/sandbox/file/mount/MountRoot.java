package dev.jetway.sandbox.file.mount;

import dev.jetway.sandbox.file.Directory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The root of one run's volumes: the folders that their guest paths name. Owns the roots of the
 * volumes, so that a guest that closes one keeps the paths through it. Used by the run's thread,
 * which closes it.
 */
public final class MountRoot implements AutoCloseable {
    private final MountNode root = new MountNode();
    private final List<Directory> volumes = new ArrayList<>();

    /** Number of folders and places of volumes, which is the highest inode. */
    private long count = 1;

    /**
     * Puts a volume where its guest path says. One with {@code ..} in its path, or with the path of
     * another, has no place: only its own name leads to it.
     *
     * @return the volume's root, below the folders of its path
     */
    public Directory add(String guestPath, Directory volume) {
        volumes.add(volume);
        List<String> names =
                Arrays.stream(guestPath.split("/"))
                        .filter(name -> !name.isEmpty() && !name.equals("."))
                        .toList();
        if (names.isEmpty() || names.contains("..")) {
            return volume;
        }
        MountNode place = root;
        for (String name : names) {
            place = place.child(name.getBytes(StandardCharsets.UTF_8), this::nextInode);
        }
        if (place.volume() != null) {
            return volume;
        }
        place.mount(volume);
        return new MountDirectory(place, null);
    }

    private long nextInode() {
        return ++count;
    }

    /** The root: holds the folders above the volumes, and nothing else. */
    public Directory directory() {
        return new MountDirectory(root, null);
    }

    @Override
    public void close() {
        volumes.forEach(Directory::close);
    }
}
