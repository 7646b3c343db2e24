package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps abandoned words out of code, messages, documents and configuration. */
final class WordsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> FOLDERS =
            Set.of(
                    "module-cache",
                    "wasi-sandbox",
                    "wagi-handler",
                    "servlet",
                    "server",
                    "benchmarks",
                    "packages",
                    "conf",
                    "docs",
                    "deploy",
                    "examples",
                    ".ci",
                    "README.md",
                    "CONTRIBUTING.md",
                    "jetway");

    private static final Pattern TEXT = Pattern.compile(".*\\.(java|md|toml|txt|sh|tsv|c|rs|wat)");

    /** Programs and files of others that the scripts in examples fetch. */
    private static final Pattern FETCHED =
            Pattern.compile("examples/[^/]+/(sites|state|toolchain[^/]*)/.*");

    /** Files that must contain old names: the code that refuses them, and the list of words. */
    private static final Set<String> EXEMPT =
            Set.of("given-up-words.txt", "RenamedKeys.java", "mistakes.txt");

    /** The modules whose comments must begin with their subject. */
    private static final List<String> SUBJECT_FIRST =
            List.of("module-cache", "wasi-sandbox", "wagi-handler", "servlet", "server");

    /** A comment; the group is its first word if that has no meaning of its own. */
    private static final Pattern COMMENT =
            Pattern.compile(
                    "(?:/\\*\\*?(?:\\s|\\*(?!/))*+|(?<![:\"])// *+)"
                            + "((?:It|What|The same|Who|Whoever|Those|That)\\b|A (?:pool|queue)\\.)?+"
                            + "[^\\n]*+(?:\\n *+//[^\\n]*+)*+");

    private record Word(Pattern pattern, String instead) {}

    private static List<Word> words() throws IOException {
        try (InputStream in = WordsTest.class.getResourceAsStream("given-up-words.txt")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", 2))
                    .map(parts -> new Word(Pattern.compile(parts[0]), parts[1]))
                    .toList();
        }
    }

    private static List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        for (String folder : FOLDERS) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
                all.filter(Files::isRegularFile)
                        .filter(file -> !file.toString().contains("/target/"))
                        .filter(file ->
                                !FETCHED.matcher(ROOT.relativize(file).toString()).matches())
                        .filter(file -> !EXEMPT.contains(String.valueOf(file.getFileName())))
                        .filter(file -> TEXT.matcher(file.toString()).matches())
                        .forEach(files::add);
            }
        }
        return files;
    }

    @Test
    void abandonedWordsAreNotUsed() throws IOException {
        List<Word> words = words();
        List<Path> files = files();
        var found = new ArrayList<String>();
        for (Path file : files) {
            String text = Files.readString(file);
            for (Word word : words) {
                word.pattern()
                        .matcher(text)
                        .results()
                        .forEach(hit ->
                                found.add(
                                        "%s: '%s': write %s"
                                                .formatted(
                                                        ROOT.relativize(file),
                                                        hit.group(),
                                                        word.instead())));
            }
        }

        assertThat(words).isNotEmpty();
        assertThat(files).hasSizeGreaterThan(400);
        assertThat(found).isEmpty();
    }

    @Test
    void commentsBeginWithTheirSubject() throws IOException {
        var found = new ArrayList<String>();
        int searched = 0;
        for (Path file : files()) {
            String name = ROOT.relativize(file).toString();
            if (name.endsWith(".java") && SUBJECT_FIRST.stream().anyMatch(name::startsWith)) {
                searched++;
                COMMENT.matcher(Files.readString(file))
                        .results()
                        .filter(hit -> hit.group(1) != null)
                        .forEach(hit -> found.add(name + ": " + hit.group()));
            }
        }

        assertThat(searched).isGreaterThan(200);
        assertThat(found).isEmpty();
    }
}
