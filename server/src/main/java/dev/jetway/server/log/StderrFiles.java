package dev.jetway.server.log;

import dev.jetway.gateway.GuestLog;
import dev.jetway.route.Route;
import dev.jetway.route.Site;
import dev.jetway.server.tenant.GuestLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard error of guests in Wagi's files: appended to {@code <log-dir>/<sha256 of the route's
 * text>/module.stderr}; for a tenant in {@code <log-dir>/<site>}. A file is opened at the guest's
 * first output and closed with the run.
 */
public final class StderrFiles implements GuestLogs {
    private static final Logger LOG = LoggerFactory.getLogger(StderrFiles.class);

    private final Path directory;

    /** Files below a directory, which is created on first use. */
    public StderrFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public GuestLog of(Route route) {
        Path file = file(route);
        return _ -> new Lazy(file);
    }

    private Path file(Route route) {
        Path parent =
                route.site().name().equals(Site.DEFAULT.name())
                        ? directory
                        : directory.resolve(route.site().name());
        return parent.resolve(digest(route.pattern().text())).resolve("module.stderr");
    }

    private static String digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Lazy extends OutputStream {
        private final Path file;
        private OutputStream target = OutputStream.nullOutputStream();
        private boolean opened;

        Lazy(Path file) {
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (!opened) {
                opened = true;
                try {
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    target =
                            Files.newOutputStream(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (IOException e) {
                    LOG.warn("standard error of a guest is lost: {}: {}", file, e.toString());
                }
            }
            target.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
