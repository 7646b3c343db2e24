package dev.jetway.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** Cases of a resource file: {@code === name}, then parts that begin with {@code --- name}. */
record CaseFile(String name, SequencedMap<String, String> parts) {
    static List<CaseFile> read(String resource) {
        var cases = new ArrayList<CaseFile>();
        SequencedMap<String, String> parts = new LinkedHashMap<>();
        String part = "";
        for (String line : text(resource).lines().toList()) {
            if (line.startsWith("=== ")) {
                parts = new LinkedHashMap<>();
                part = "";
                cases.add(new CaseFile(line.substring(4), parts));
            } else if (line.startsWith("--- ")) {
                part = line.substring(4);
                parts.put(part, "");
            } else if (!part.isEmpty()) {
                parts.merge(part, line + "\n", String::concat);
            }
        }
        return cases;
    }

    static String text(String resource) {
        try (InputStream in =
                Objects.requireNonNull(CaseFile.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a part that are not empty. */
    List<String> lines(String part) {
        return parts.getOrDefault(part, "").lines().filter(l -> !l.isEmpty()).toList();
    }

    /** Writes all parts that are files into a folder. */
    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, String> part : parts.entrySet()) {
            if (part.getKey().contains(".")) {
                Path file = folder.resolve(part.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, part.getValue());
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
