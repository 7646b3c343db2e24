package dev.jetway.server.config.spin;

import dev.jetway.base.UserFolders;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The modules that Spin has downloaded for this user, called by their digests. Only read, and only
 * what still has its digest.
 */
record SpinCache(UserFolders user) {
    /** Maximum bytes of a module. */
    private static final long MAX_BYTES = 1L << 30;

    private static final Path MODULES = Path.of("spin", "registry", "wasm");

    /**
     * A module.
     *
     * @param digest {@code sha256:} and 64 hexadecimal digits
     */
    Optional<Path> module(String digest) {
        return user.folder("XDG_CACHE_HOME", ".cache")
                .map(cache -> cache.resolve(MODULES).resolve(digest))
                .filter(file -> has(file, digest));
    }

    private static boolean has(Path file, String digest) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
                return false;
            }
            var sum = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), sum)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return digest.equals("sha256:" + HexFormat.of().formatHex(sum.digest()));
        } catch (IOException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
