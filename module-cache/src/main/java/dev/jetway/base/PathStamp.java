package dev.jetway.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Properties that change with the contents or the permissions of a file: equal stamps mean the same
 * file. Immutable.
 *
 * @param device the file system
 * @param inode the file's number in it
 * @param size bytes
 * @param modified nanoseconds since 1970
 * @param changed nanoseconds since 1970; no program can set it
 */
public record PathStamp(long device, long inode, long size, long modified, long changed) {
    /** The stamp of a file that is not there, or cannot be looked at. */
    public static final PathStamp MISSING = new PathStamp(-1, -1, -1, -1, -1);

    private static final String UNIX = "unix";
    private static final String ALL = "unix:dev,ino,size,lastModifiedTime,ctime";

    /** The stamp of a file or folder, through links. */
    public static PathStamp of(Path path) {
        try {
            return path.getFileSystem().supportedFileAttributeViews().contains(UNIX)
                    ? unix(Files.readAttributes(path, ALL))
                    : basic(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException e) {
            return MISSING;
        }
    }

    private static PathStamp unix(Map<String, Object> found) {
        return new PathStamp(
                (Long) Objects.requireNonNull(found.get("dev")),
                (Long) Objects.requireNonNull(found.get("ino")),
                (Long) Objects.requireNonNull(found.get("size")),
                nanos(found.get("lastModifiedTime")),
                nanos(found.get("ctime")));
    }

    private static PathStamp basic(BasicFileAttributes found) {
        return new PathStamp(
                0,
                Objects.hashCode(found.fileKey()),
                found.size(),
                UnixTime.nanos(found.lastModifiedTime().toInstant()),
                0);
    }

    private static long nanos(@Nullable Object time) {
        return UnixTime.nanos(((FileTime) Objects.requireNonNull(time)).toInstant());
    }

    /** Whether there is a file. */
    public boolean isPresent() {
        return !equals(MISSING);
    }
}
