package dev.jetway.sandbox;

import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * Runs the WebAssembly specification's test suite, translated by wast2json, and prints the
 * assertions that passed and failed per file. In the package of what it measures.
 */
@NullMarked
public final class SpecificationSuite {
    private static final long STACK = 8L << 20;
    private static final int FAILURES_SHOWN = 12;

    private final ModuleCache modules =
            new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private final PrintStream out;
    private int passed;
    private int refused;
    private int failed;

    private SpecificationSuite(PrintStream out) {
        this.out = out;
    }

    /**
     * Runs each file of the folders.
     *
     * @param folders with one JSON file each, beside its modules
     */
    public static void main(String[] folders) throws InterruptedException {
        var suite = new SpecificationSuite(System.out);
        var thread = new Thread(null, () -> suite.run(List.of(folders)), "suite", STACK);
        thread.start();
        thread.join();
        System.exit(suite.failed == 0 ? 0 : 1);
    }

    private void run(List<String> folders) {
        out.println("| file | passed | refused | failed |\n|---|---|---|---|");
        for (String folder : folders) {
            for (Path json : scripts(Path.of(folder))) {
                run(Path.of(folder), json);
            }
        }
        out.printf("| all | %d | %d | %d |%n", passed, refused, failed);
    }

    private static List<Path> scripts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be listed: " + folder, e);
        }
    }

    private void run(Path folder, Path json) {
        SuiteScript.Result result;
        try {
            result = new SuiteScript(modules, folder).run(json);
        } catch (IOException | RuntimeException e) {
            result = new SuiteScript.Result(0, 0, List.of(e.toString()));
        }
        passed += result.passed();
        refused += result.refused();
        failed += result.failures().size();
        String name = String.valueOf(json.getFileName()).replace(".json", "");
        out.printf(
                "| %s | %d | %d | %d |%n",
                name, result.passed(), result.refused(), result.failures().size());
        result.failures().stream()
                .limit(FAILURES_SHOWN)
                .forEach(f -> out.println("    " + f.lines().findFirst().orElse("")));
    }
}
