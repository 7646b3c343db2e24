package dev.jetway.server.config.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that belongs to a tenant. The tenant may change its contents at any time, so files in it
 * are opened step by step from a handle of the folder, and no link is followed.
 *
 * @param real the folder without links, absolute
 */
public record TenantFolder(Path real) {

    /**
     * A path in the folder, without links as far as it exists.
     *
     * @throws IllegalArgumentException if it leads out of the folder
     */
    public Path inside(Path path) {
        Path found = path;
        try {
            found = realPath(path);
        } catch (IOException e) {
            // The name of an unreadable path decides.
        }
        if (!path.startsWith(real) || !found.startsWith(real)) {
            throw new IllegalArgumentException(
                    "leads out of the site's folder: name something inside it");
        }
        return found;
    }

    private static Path realPath(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            if (parent == null || name == null || Files.isSymbolicLink(path)) {
                throw e;
            }
            return realPath(parent).resolve(name);
        }
    }

    /**
     * The text of a regular file.
     *
     * @param file in the folder
     * @param limit bytes
     * @return empty if the file is larger
     * @throws CharacterCodingException if it is not UTF-8
     * @throws IOException if it cannot be read, or a part of the path is a link
     */
    public Optional<String> text(Path file, int limit) throws IOException {
        byte[] bytes = head(file, limit + 1);
        if (bytes.length > limit) {
            return Optional.empty();
        }
        return Optional.of(
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    }

    /**
     * The first bytes of a regular file.
     *
     * @throws IOException if it cannot be read, or a part of the path is a link
     */
    public byte[] head(Path file, int bytes) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(real)) {
            return headBelow(secure(folder), real.relativize(file), bytes);
        }
    }

    private static byte[] headBelow(SecureDirectoryStream<Path> folder, Path path, int bytes)
            throws IOException {
        if (path.getNameCount() == 1) {
            return head(folder, path, bytes);
        }
        try (SecureDirectoryStream<Path> next =
                folder.newDirectoryStream(path.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return headBelow(next, path.subpath(1, path.getNameCount()), bytes);
        }
    }

    private static byte[] head(SecureDirectoryStream<Path> folder, Path name, int bytes)
            throws IOException {
        var view =
                folder.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        // A pipe would never end.
        if (!view.readAttributes().isRegularFile()) {
            throw new IOException("not a regular file");
        }
        var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        try (InputStream in = Channels.newInputStream(folder.newByteChannel(name, options))) {
            return in.readNBytes(bytes);
        }
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder)
            throws IOException {
        if (folder instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new NotDirectoryException("folders cannot be opened by handle here");
    }
}
