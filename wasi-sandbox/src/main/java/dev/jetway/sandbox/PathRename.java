package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * {@code path_rename} between preopened volumes. The engine's own asks the JDK to copy attributes
 * in a move, which the JDK refuses, so that every rename fails there. A path whose real parent lies
 * outside of its volume is refused. Directories opened by the guest are not known here: a rename
 * relative to one answers {@code ENOTSUP}, as the engine's does.
 */
final class PathRename implements WasmFunctionHandle {
    /** The descriptor of the first preopen, after the three standard streams. */
    private static final int FIRST_PREOPEN = 3;

    /** Bytes of a path. */
    static final int MAX_PATH = 4096;

    private final List<Volume> volumes;

    PathRename(List<Volume> volumes) {
        this.volumes = List.copyOf(volumes);
    }

    @Override
    public long[] apply(Instance instance, long... args) {
        return new long[] {rename(instance, args).number()};
    }

    /** Arguments: old directory, path and length, new directory, path and length. */
    private Errno rename(Instance instance, long... args) {
        int oldDirectory = (int) args[0] - FIRST_PREOPEN;
        int newDirectory = (int) args[3] - FIRST_PREOPEN;
        if (!isVolume(oldDirectory) || !isVolume(newDirectory)) {
            return Errno.NOTSUP;
        }
        if (args[2] > MAX_PATH || args[5] > MAX_PATH) {
            return Errno.NAMETOOLONG;
        }
        String from = instance.memory().readString((int) args[1], (int) args[2]);
        String to = instance.memory().readString((int) args[4], (int) args[5]);
        try {
            Path source = inside(volumes.get(oldDirectory), from);
            Path target = inside(volumes.get(newDirectory), to);
            if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
                return Errno.NOENT;
            }
            boolean folder = Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                    && folder != Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                return folder ? Errno.NOTDIR : Errno.ISDIR;
            }
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
            return Errno.SUCCESS;
        } catch (OutsideException | InvalidPathException e) {
            return Errno.ACCES;
        } catch (NoSuchFileException e) {
            return Errno.NOENT;
        } catch (DirectoryNotEmptyException e) {
            return Errno.NOTEMPTY;
        } catch (FileSystemException e) {
            return Errno.ACCES;
        } catch (IOException e) {
            return Errno.IO;
        }
    }

    private boolean isVolume(int index) {
        return index >= 0 && index < volumes.size();
    }

    private static Path inside(Volume volume, String text) throws IOException, OutsideException {
        Path root = volume.hostDirectory().toRealPath();
        Path path = root.resolve(text).normalize();
        Path parent = path.getParent();
        if (path.equals(root)
                || !path.startsWith(root)
                || parent == null
                || !parent.toRealPath().startsWith(root)) {
            throw new OutsideException();
        }
        return path;
    }

    /** A path that leads out of its volume. */
    private static final class OutsideException extends Exception {
        private static final long serialVersionUID = 1L;

        OutsideException() {
            super("outside of the volume", null, false, false);
        }
    }
}
