package dev.jetway.servlet;

import dev.jetway.embedding.Programs;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;

/** The example of docs/embedding.md, which a test compares with this. */
final class ServletExamples {
    private ServletExamples() {}

    static void register(ServletContext context, Path hello) {
        var filter = new WagiFilter(Programs.of("/hello", hello));
        context.addFilter("programs", filter).addMappingForUrlPatterns(null, false, "/*");
    }
}
