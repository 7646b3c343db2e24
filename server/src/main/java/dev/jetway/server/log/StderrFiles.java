package dev.jetway.server.log;

import dev.jetway.gateway.GuestLog;
import dev.jetway.route.Route;
import dev.jetway.route.RoutePattern;
import dev.jetway.route.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard error of guests as Wagi keeps it: appended to {@code <log-dir>/<sha256 of the
 * route's text>/module.stderr}; that of a tenant's in {@code <log-dir>/<site>}. A file is opened
 * when a guest first writes something and stays open no longer than the run.
 */
public final class StderrFiles implements GuestLog {
    private static final Logger LOG = LoggerFactory.getLogger(StderrFiles.class);

    private final Path directory;
    private final Map<Address, Path> files = new ConcurrentHashMap<>();

    public StderrFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public OutputStream open(Route route) {
        return new Lazy(
                files.computeIfAbsent(new Address(route.site(), route.pattern()), this::file));
    }

    private Path file(Address address) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(address.pattern().text().getBytes(StandardCharsets.UTF_8));
            Path parent =
                    address.site().equals(Site.DEFAULT)
                            ? directory
                            : directory.resolve(address.site().name());
            Path folder = parent.resolve(HexFormat.of().formatHex(digest));
            Files.createDirectories(folder);
            return folder.resolve("module.stderr");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Address(Site site, RoutePattern pattern) {}

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
