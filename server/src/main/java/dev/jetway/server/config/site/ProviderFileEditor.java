package dev.jetway.server.config.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Changes the keys of a provider's file that commands set, and keeps its other lines. */
final class ProviderFileEditor {
    private static final Pattern TABLE = Pattern.compile("\\s*\\[.*");
    private static final Pattern SUSPENDED =
            Pattern.compile("\\s*(\"?)suspended(-page)?\\1\\s*=.*");

    private ProviderFileEditor() {}

    /** Writes a new file. */
    static void create(Path file, String text) throws IOException {
        write(file, text);
    }

    /**
     * Sets or removes {@code suspended} and {@code suspended-page}.
     *
     * @param page a file, as the configuration names it
     */
    static void suspended(Path file, Optional<String> page, boolean suspended) throws IOException {
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        long top = lines.stream().takeWhile(line -> !TABLE.matcher(line).matches()).count();
        Stream<String> others =
                Stream.concat(
                        lines.stream()
                                .limit(top)
                                .filter(line -> !SUSPENDED.matcher(line).matches()),
                        lines.stream().skip(top));
        Stream<String> own =
                suspended
                        ? Stream.concat(
                                Stream.of("suspended = true"),
                                page.stream().map(p -> "suspended-page = '" + p + "'"))
                        : Stream.empty();
        write(file, Stream.concat(own, others).map(line -> line + "\n").reduce("", String::concat));
    }

    /** Writes atomically: a server sees the old file or the new one. */
    private static void write(Path file, String text) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path unfinished = Files.createTempFile(folder, ".new-", null);
        Files.writeString(unfinished, text);
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(
                unfinished,
                file,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
