package dev.jetway.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An unpacked web application with our servlet and filter, as a build would make it. */
final class WebApplication {
    /** The libraries of jetway-servlet; those of HTTP servers are not among them. */
    private static final Pattern LIBRARIES =
            Pattern.compile(
                    "(jetway-(module-cache|wasi-sandbox|wagi-handler|servlet)|wasm|runtime|compiler"
                            + "|wabt|asm|asm-[a-z]+|caffeine|spring-security-crypto|commons-codec"
                            + "|commons-logging|slf4j-api|jspecify|error_prone_annotations)"
                            + "-[0-9][^/]*\\.jar");

    /** A program that traps when its head and 64 KiB of its body have been sent. */
    private static final String HALF =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_write"
                (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 2)
              (data (i32.const 0) "Content-Type: text/plain\\n\\n")
              (data (i32.const 65536) "\\00\\00\\00\\00\\1a\\00\\00\\00")
              (data (i32.const 65544) "\\00\\00\\00\\00\\00\\00\\01\\00")
              (func (export "_start")
                (drop (call $write (i32.const 1) (i32.const 65536) (i32.const 2)
                  (i32.const 65560)))
                unreachable))
            """;

    private static final String PACKAGE = "dev/jetway/servlet";

    private WebApplication() {}

    /**
     * Makes an application.
     *
     * @param folder that does not exist
     * @param descriptor the content of web.xml
     */
    static void create(Path folder, String descriptor) throws IOException {
        Path inside = Files.createDirectories(folder.resolve("WEB-INF"));
        Files.writeString(inside.resolve("web.xml"), descriptor);
        Files.writeString(folder.resolve("index.html"), "the application\n");
        for (String guest : List.of("env.wasm", "cgi-probe.wasm", "slow-stream.wasm")) {
            Files.copy(TestServer.examples().resolve(guest), inside.resolve(guest));
        }
        Files.writeString(inside.resolve("half.wat"), HALF);
        Path libraries = Files.createDirectories(inside.resolve("lib"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (LIBRARIES.matcher(String.valueOf(path.getFileName())).matches()) {
                Path copy = libraries.resolve(path.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(path, copy);
                }
            } else if (isOfLibrary(path)) {
                copyClasses(path, inside.resolve("classes"));
            }
        }
    }

    private static boolean isOfLibrary(Path path) {
        return Files.isDirectory(path)
                && Stream.of(PACKAGE, "dev/jetway/gateway", "dev/jetway/sandbox", "dev/jetway/base")
                        .anyMatch(p -> Files.isDirectory(path.resolve(p)));
    }

    private static void copyClasses(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
