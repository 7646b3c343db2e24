package dev.jetway.sandbox.file.linux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jetway.sandbox.file.Directory;
import dev.jetway.sandbox.file.DirectoryOperations;
import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.file.ErrnoException;
import dev.jetway.sandbox.file.FileModes;
import dev.jetway.sandbox.file.GuestPath;
import dev.jetway.sandbox.file.walk.Tree;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Paths through several directories, which are entered at once, and one by one on a system that
 * cannot: the same answers.
 */
final class DeepPathsTest {
    /** Directories on the way at most, as {@code PathWalk.MAX_DEPTH}. */
    private static final int MAX_DEPTH = 256;

    private final Libc libc = new Libc(FileModes.DEFAULT);

    @TempDir private Path folder;

    @BeforeEach
    void files() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("volume/a/b/c"));
        Files.writeString(deep.resolve("file"), "1");
        Files.writeString(folder.resolve("volume/a/other"), "22");
        Files.writeString(folder.resolve("secret"), "333");
        link("a/b/c/here", "file");
        link("a/b/c/back", "../../other");
        link("a/b/c/out", "../../../../secret");
        link("a/b/c/absolute", folder.resolve("secret").toString());
        link("a/b/c/chain", "back");
        link("a/b/c/loop", "loop");
        link("a/b/c/up", "..");
        link("a/link", "b");
        link("outside", "..");
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(folder.resolve("volume").resolve(name), Path.of(target));
    }

    @AfterEach
    void close() {
        libc.close();
    }

    private Directory atOnce() {
        return root(new HostNames(libc));
    }

    /** As on a system without openat2. */
    @SuppressWarnings("unchecked")
    private Directory oneByOne() {
        var names = new HostNames(libc);
        return root(
                (DirectoryOperations<Integer>)
                        Proxy.newProxyInstance(
                                DeepPathsTest.class.getClassLoader(),
                                new Class<?>[] {DirectoryOperations.class},
                                (_, method, arguments) -> {
                                    if (method.getName().equals("enterAll")) {
                                        return null;
                                    }
                                    try {
                                        return method.invoke(names, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                }));
    }

    private Directory root(DirectoryOperations<Integer> names) {
        return new Tree<>(names, () -> libc.openRoot(folder.resolve("volume")), false).root();
    }

    private static GuestPath path(String text) {
        return GuestPath.of(text.getBytes(UTF_8));
    }

    /** The result, or the number of the error. */
    private static String answer(Supplier<Object> call) {
        try {
            return String.valueOf(call.get());
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c/file, 1",
        "a//b/./c/file, 1",
        "a/b/c/../../other, 2",
        "a/b/c/file/, NOTDIR",
        "a/b/c/here, 1",
        "a/b/c/back, 2",
        "a/b/c/chain, 2",
        "a/b/c/up/c/file, 1",
        "a/link/c/file, 1",
        "a/link/c/back, 2",
        "a/b/c/loop, LOOP",
        "a/b/c/out, PERM",
        "a/b/c/absolute, PERM",
        "outside/secret, PERM",
        "outside/volume/a/b/c/file, PERM",
        "a/b/c/none, NOENT",
        "a/none/c/file, NOENT",
        "a/b/c/file/below/it, NOTDIR",
        "a/b/c/loop/below/it, LOOP"
    })
    void status_throughDirectories_isTheSameAtOnceAndOneByOne(String text, String expected) {
        GuestPath path = path(text);
        try (Directory quick = atOnce();
                Directory slow = oneByOne()) {
            assertThat(answer(() -> quick.status(path, true).size())).isEqualTo(expected);
            assertThat(answer(() -> slow.status(path, true).size())).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"../../../a, true", "../../../../a, false"})
    void newLink_belowDirectories_mayLeadToTheRootAndNoFurther(String target, boolean made) {
        for (boolean quick : List.of(true, false)) {
            try (Directory root = quick ? atOnce() : oneByOne()) {
                GuestPath path = path("a/b/c/new-" + quick);
                String answer =
                        answer(() -> {
                            root.createLink(target.getBytes(UTF_8), path);
                            return true;
                        });

                assertThat(answer).isEqualTo(made ? "true" : Errno.PERM.name());
            }
        }
    }

    @Test
    void path_asManyDirectoriesAsThereMayBe_isFollowed() throws IOException {
        Files.createDirectories(folder.resolve("volume/" + "d/".repeat(MAX_DEPTH + 1)));
        for (boolean quick : List.of(true, false)) {
            try (Directory root = quick ? atOnce() : oneByOne()) {
                assertThat(
                                answer(() ->
                                        root.status(path("d/".repeat(MAX_DEPTH) + "d"), true)
                                                .type()))
                        .isEqualTo("DIRECTORY");
                assertThat(answer(() -> root.status(path("d/".repeat(MAX_DEPTH + 1) + "d"), true)))
                        .isEqualTo(Errno.NAMETOOLONG.name());
            }
        }
    }

    /** A link that is put in the place of a directory meanwhile is refused by the kernel. */
    @Test
    void openBelow_leadsThroughDirectoriesOnly() {
        int root = libc.openRoot(folder.resolve("volume"));
        try {
            int handle = libc.openBelow(root, "a/b/c".getBytes(UTF_8));
            assertThat(libc.status(handle, "file".getBytes(UTF_8)).size()).isEqualTo(1);
            libc.close(handle);
            for (String other :
                    List.of("a/link/c", "outside/volume", "a/b/c/up", "../secret", "a/b/c/file")) {
                assertThat(libc.openBelow(root, other.getBytes(UTF_8))).as(other).isNegative();
            }
            var failure =
                    catchThrowableOfType(
                            ErrnoException.class,
                            () -> libc.openBelow(root, "a/none/c".getBytes(UTF_8)));
            assertThat(failure.errno()).isEqualTo(Errno.NOENT);
        } finally {
            libc.close(root);
        }
    }
}
