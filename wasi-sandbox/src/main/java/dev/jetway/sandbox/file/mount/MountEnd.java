package dev.jetway.sandbox.file.mount;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.GuestPath;

/** The end of a path among the folders above volumes. */
sealed interface MountEnd {
    /**
     * The path leads into a volume.
     *
     * @param at the place of the volume
     * @param volume its root
     * @param rest of the path, in the volume
     */
    record InVolume(MountNode at, Directory volume, GuestPath rest) implements MountEnd {}

    /** The path leads into no volume. */
    sealed interface Outside extends MountEnd {}

    /**
     * A folder above volumes, or the place of a volume if its name is meant.
     *
     * @param node the folder
     * @param named whether the path ends in its name, and not in dots
     */
    record Folder(MountNode node, boolean named) implements Outside {}

    /**
     * A missing name.
     *
     * @param last whether the path ends in it
     */
    record Missing(boolean last) implements Outside {}
}
