package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** The volume of the guests of {@code examples/hostile}. */
final class HostileVolume {
    private HostileVolume() {}

    /** Adds links that lead out of the folder, files that block for ever, and large files. */
    static void fill(Path volume) throws Exception {
        Files.createDirectories(volume);
        Files.writeString(volume.resolve("file"), "inside");
        Files.writeString(volume.resolveSibling("secret"), "outside");
        try (var large = new RandomAccessFile(volume.resolve("large").toFile(), "rw")) {
            large.setLength(1L << 34);
        }
        Path many = Files.createDirectory(volume.resolve("many"));
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(many.resolve("a-file-with-a-name-" + i));
        }
        link(volume, "out", "..");
        link(volume, "etc", "/etc");
        link(volume, "proc", "/proc/self/root");
        link(volume, "zero", "/dev/zero");
        link(volume, "self", "self");
        Process fifo = new ProcessBuilder("mkfifo", volume.resolve("fifo").toString()).start();
        assertThat(fifo.waitFor()).isZero();
    }

    private static void link(Path volume, String name, String target) throws IOException {
        Files.createSymbolicLink(volume.resolve(name), Path.of(target));
    }
}
