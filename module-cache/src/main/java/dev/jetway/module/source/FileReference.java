package dev.jetway.module.source;

import dev.jetway.base.BoundedFile;
import dev.jetway.base.ByteSize;
import dev.jetway.base.PathStamp;
import dev.jetway.base.TrustedWriters;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A module in a file of the host.
 *
 * @param path the file, which need not be there
 * @param writers the rule for who may write it
 */
public record FileReference(Path path, TrustedWriters writers) implements ModuleReference {
    private static final ModuleVersion MISSING = new ModuleVersion("missing");

    /** A module in a file that anyone may write. */
    public FileReference(Path path) {
        this(path, TrustedWriters.ANYONE);
    }

    @Override
    public String name() {
        // Each request asks for the name: Path.getFileName would make another path.
        String text = path.toString();
        return text.substring(text.lastIndexOf(File.separatorChar) + 1);
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    /** The stamp of the file, and whether it can be read. */
    @Override
    public ModuleVersion version() {
        PathStamp stamp = PathStamp.of(path);
        if (!stamp.isPresent()) {
            return MISSING;
        }
        return new ModuleVersion(stamp + (Files.isReadable(path) ? "" : " unreadable"));
    }

    @Override
    public ModuleBytes fetch(ByteSize limit) throws ModuleException {
        try {
            requireRegularFile();
            if (!writers.trusts(path)) {
                throw new ModuleException(Reason.UNREADABLE, TrustedWriters.REFUSAL);
            }
            Optional<byte[]> content = BoundedFile.bytes(path, Math.toIntExact(limit.bytes()));
            return new ModuleBytes(
                    content.orElseThrow(() ->
                            new ModuleException(
                                    Reason.TOO_LARGE,
                                    "is larger than " + limit + ", the limit for a module")));
        } catch (NoSuchFileException e) {
            throw new ModuleException(
                    Reason.NOT_FOUND, "there is no such file: check the path in 'module'");
        } catch (IOException e) {
            throw new ModuleException(Reason.UNREADABLE, "cannot be read: check its permissions");
        }
    }

    /** Refuses a pipe or a device, whose bytes may never come. */
    private void requireRegularFile() throws IOException, ModuleException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new ModuleException(
                    Reason.UNREADABLE,
                    attributes.isDirectory()
                            ? "is a folder, not a module file"
                            : "is not a regular file");
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
