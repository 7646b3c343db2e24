package dev.jetway.module;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The versions that compiled code depends on: engine, options, our format, JDK. */
final class EngineVersion {
    /** Raised when the stored format changes. */
    private static final int FORMAT = 19;

    /**
     * The options that {@link ModuleCompiler} gives to the engine; other options of it must change
     * this too.
     */
    private static final int OPTIONS = ModuleCompiler.FUNCTIONS_PER_CLASS;

    private static final String POM = "/META-INF/maven/com.dylibso.chicory/compiler/pom.properties";

    private EngineVersion() {}

    /** Text for a file's name: {@code 1.7.5-o64-f10-jdk25}. */
    static String text() {
        return "%s-o%d-f%d-jdk%d".formatted(engine(), OPTIONS, FORMAT, Runtime.version().feature());
    }

    private static String engine() {
        try (InputStream in = MachineFactoryCompiler.class.getResourceAsStream(POM)) {
            if (in == null) {
                throw new IllegalStateException("the engine does not say its version");
            }
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new IllegalStateException("the engine does not say its version", e);
        }
    }
}
