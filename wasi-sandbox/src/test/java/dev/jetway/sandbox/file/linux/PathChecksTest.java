package dev.jetway.sandbox.file.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jetway.base.ByteText;
import dev.jetway.sandbox.file.FileStatus;
import dev.jetway.sandbox.file.GuestPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathChecksTest {
    private static final String TOP = "/top.txt";
    private static final String DEEP = "/a/b/c/deep.txt";

    @TempDir private Path folder;
    private Path root;
    private final PathChecks checks = new PathChecks();

    @BeforeEach
    void fill() throws IOException {
        assumeTrue(HostFiles.unavailable().isEmpty());
        // Links on the way are found by openat2 in the whole path, so there are none before it.
        folder = folder.toRealPath();
        root = Files.createDirectory(folder.resolve("public"));
        Files.createDirectories(root.resolve("a/b/c"));
        Files.writeString(root.resolve("top.txt"), "0123456789");
        Files.writeString(root.resolve("a/b/c/deep.txt"), "0123456789");
        Files.createDirectory(folder.resolve("outside"));
    }

    private FileStatus walked(String path) {
        try (HostFolder.Look look = new HostFolder(root).look()) {
            return look.status(GuestPath.of(ByteText.encode(path.substring(1))));
        }
    }

    private boolean passes(String path, FileStatus file) {
        return checks.leadsTo(CheckedPath.of(root, path).orElseThrow(), file);
    }

    @ParameterizedTest
    @ValueSource(strings = {TOP, DEEP, "/a/..x/é ü.txt", "/a/ "})
    void unchangedFile_passes(String path) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, "0123456789");
        FileStatus status = walked(path);

        // A path with two dots is walked instead.
        CheckedPath.of(root, path)
                .ifPresentOrElse(
                        checked -> assertThat(checks.leadsTo(checked, status)).isTrue(),
                        () -> assertThat(path).contains(".."));
    }

    @Test
    void fileThatWasRead_passes() throws IOException {
        FileStatus status = walked(TOP);

        assertThat(Files.readString(root.resolve("top.txt"))).isEqualTo("0123456789");
        assertThat(passes(TOP, status)).isTrue();
    }

    @Test
    void otherFile_doesNotPass() {
        assertThat(passes(TOP, walked(DEEP))).isFalse();
        assertThat(passes(DEEP, walked(TOP))).isFalse();
        assertThat(passes("/none.txt", walked(TOP))).isFalse();
        assertThat(passes("/a/none.txt", walked(TOP))).isFalse();
        assertThat(passes("/top.txt/none.txt", walked(TOP))).isFalse();
    }

    /** A change of a file, whose folder is given too. */
    enum Change {
        LONGER {
            @Override
            void of(Path file, Path outside) throws IOException {
                Files.writeString(file, "0123456789a");
            }
        },
        OTHER_BYTES {
            @Override
            void of(Path file, Path outside) throws IOException {
                Files.writeString(file, "9876543210");
                // The clock of an old kernel may not have ticked since.
                Files.setLastModifiedTime(file, FileTime.fromMillis(1));
            }
        },
        TOUCHED {
            @Override
            void of(Path file, Path outside) throws IOException {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1));
            }
        },
        OTHER_MODE {
            @Override
            void of(Path file, Path outside) throws IOException {
                awaitClock(file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
            }
        },
        DELETED {
            @Override
            void of(Path file, Path outside) throws IOException {
                Files.delete(file);
            }
        },
        A_FOLDER {
            @Override
            void of(Path file, Path outside) throws IOException {
                Files.delete(file);
                Files.createDirectory(file);
            }
        },
        A_COPY {
            @Override
            void of(Path file, Path outside) throws IOException {
                FileTime modified = Files.getLastModifiedTime(file);
                Path copy = outside.resolve("copy");
                Files.copy(file, copy);
                Files.setLastModifiedTime(copy, modified);
                Files.delete(file);
                Files.move(copy, file);
            }
        },
        A_LINK_TO_ITSELF_OUTSIDE {
            @Override
            void of(Path file, Path outside) throws IOException {
                Files.move(file, outside.resolve("moved"));
                Files.createSymbolicLink(file, outside.resolve("moved"));
            }
        },
        A_LINK_TO_ITSELF_INSIDE {
            @Override
            void of(Path file, Path outside) throws IOException {
                Files.move(file, file.resolveSibling("moved"));
                Files.createSymbolicLink(file, Path.of("moved"));
            }
        };

        abstract void of(Path file, Path outside) throws IOException;

        /** Returns when a change of the file gets another time than its last one. */
        private static void awaitClock(Path file) throws IOException {
            Path probe = file.resolveSibling("probe");
            Object before = Files.getAttribute(file, "unix:ctime");
            do {
                Files.writeString(probe, "");
            } while (Files.getAttribute(probe, "unix:ctime").equals(before));
            Files.delete(probe);
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void changedFile_doesNotPass(Change change) throws IOException {
        for (String path : new String[] {TOP, DEEP}) {
            FileStatus before = walked(path);
            Path outside = Files.createTempDirectory(folder, "elsewhere");

            change.of(root.resolve(path.substring(1)), outside);

            assertThat(passes(path, before)).as(path).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "a/b/c"})
    void fileBehindALink_doesNotPass_althoughItIsTheSame(String name) throws IOException {
        FileStatus status = walked(DEEP);
        Path way = root.resolve(name);
        Path moved = folder.resolve("outside/moved");
        Path relative = Path.of("../".repeat(name.split("/").length), "outside/moved");
        for (Path target : new Path[] {moved, relative}) {
            Files.move(way, moved);
            Files.createSymbolicLink(way, target);

            assertThat(way.resolve(Path.of(name).relativize(Path.of(DEEP.substring(1)))))
                    .as("the link leads to the file")
                    .exists();
            assertThat(passes(DEEP, status)).isFalse();

            Files.delete(way);
            Files.move(moved, way);
            assertThat(passes(DEEP, status)).as("without the link").isTrue();
        }
    }

    @Test
    void rootThatIsReplaced_isSeen() throws IOException {
        FileStatus top = walked(TOP);
        FileStatus deep = walked(DEEP);
        Files.move(root, folder.resolve("before"));
        Files.createDirectories(root.resolve("a/b/c"));
        Files.writeString(root.resolve("top.txt"), "0123456789");
        Files.writeString(root.resolve("a/b/c/deep.txt"), "0123456789");

        assertThat(passes(TOP, top)).isFalse();
        assertThat(passes(DEEP, deep)).isFalse();
        assertThat(passes(TOP, walked(TOP))).isTrue();
        assertThat(passes(DEEP, walked(DEEP))).isTrue();
    }

    @Test
    void rootThatIsReplacedByALinkToIt_doesNotPass() throws IOException {
        FileStatus top = walked(TOP);
        FileStatus deep = walked(DEEP);
        Path moved = Files.move(root, folder.resolve("moved"));
        Files.createSymbolicLink(root, moved);

        assertThat(root.resolve("top.txt")).exists();
        assertThat(passes(TOP, top)).isFalse();
        assertThat(passes(DEEP, deep)).isFalse();
        assertThat(checks.isMissing(CheckedPath.of(root, "/none").orElseThrow())).isFalse();
    }

    @Test
    void path_upToItsBound() {
        int room = CheckedPath.MAX_LENGTH - 1 - root.toString().length();

        assertThat(CheckedPath.of(root, "/" + "x".repeat(room - 1))).isPresent();
        assertThat(CheckedPath.of(root, "/" + "x".repeat(room))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "top.txt", "/../outside/x", "/a/..", "/top.txt\0"})
    void pathThatIsNotBelowTheFolder_isNotChecked(String path) {
        assertThat(CheckedPath.of(root, path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/none, true",
        "/a/none, true",
        "/none/none, true",
        "/top.txt, false",
        "/a/b, false",
        "/a/b/c/deep.txt, false",
        "/dangling, false",
        "/out/none, false",
        "/top.txt/none, false",
    })
    void missing_isCertain(String path, boolean missing) throws IOException {
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("none"));
        Files.createSymbolicLink(root.resolve("out"), Path.of("../outside"));

        assertThat(checks.isMissing(CheckedPath.of(root, path).orElseThrow())).isEqualTo(missing);
    }

    @Test
    void checks_keepNoHandles() throws IOException {
        FileStatus deep = walked(DEEP);
        assertThat(passes(DEEP, deep)).isTrue();
        long before = handles();

        for (int i = 0; i < 1000; i++) {
            assertThat(passes(DEEP, deep)).isTrue();
            assertThat(passes("/a/none", deep)).isFalse();
        }

        assertThat(handles()).isLessThan(before + 100);
    }

    private static long handles() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void moreThreadsThanBuffersAreKept_eachHaveTheirAnswer() throws Exception {
        FileStatus top = walked(TOP);
        FileStatus deep = walked(DEEP);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < 4 * PathChecks.KEPT; i++) {
                boolean even = i % 2 == 0;
                Callable<Boolean> many =
                        () -> {
                            boolean right = true;
                            for (int n = 0; n < 200; n++) {
                                right &= passes(TOP, even ? top : deep) == even;
                                right &= passes(DEEP, even ? top : deep) != even;
                            }
                            return right;
                        };
                answers.add(threads.submit(many));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }
}
