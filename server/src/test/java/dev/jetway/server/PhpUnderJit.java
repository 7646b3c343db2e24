package dev.jetway.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingStream;

/**
 * A process that serves one page of php-cgi over and over until the JIT's second compiler has
 * compiled what is wanted. Prints {@code compiled CLASS.METHOD} and {@code refused CLASS.METHOD
 * REASON} for each method of a guest, the engine's own for calls by the host excepted: the first
 * compiler refuses that, after as many requests as a run rarely has.
 */
final class PhpUnderJit {
    private static final String GENERATED = "com.dylibso.chicory.$gen.";

    /** The engine's switch over all functions, for the few calls by the host in a request. */
    private static final String CALLS_BY_HOST = "call_dispatch_";

    private static final int SECOND_COMPILER = 4;
    private static final Duration LONGEST = Duration.ofSeconds(150);

    private final Set<String> missing;
    private final Set<String> results = new ConcurrentSkipListSet<>();
    private final Map<Long, String> refused = new ConcurrentHashMap<>();

    private PhpUnderJit(Set<String> wanted) {
        missing = ConcurrentHashMap.newKeySet();
        missing.addAll(wanted);
    }

    /** Arguments: a folder with a configuration, and prefixes of methods, one of each is wanted. */
    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        new PhpUnderJit(Arrays.stream(arguments).skip(1).collect(Collectors.toSet())).run(folder);
    }

    private void run(Path folder) throws Exception {
        String modules = Files.readString(folder.resolve("modules.toml"));
        String settings = "[limits]\ntime = \"2m\"\n";
        try (var events = new RecordingStream();
                var server = TestServer.start(folder, settings, modules)) {
            events.enable("jdk.Compilation").withThreshold(Duration.ZERO);
            events.enable("jdk.CompilationFailure");
            events.onEvent("jdk.CompilationFailure", this::failed);
            events.onEvent("jdk.Compilation", this::compiled);
            events.setReuse(false);
            events.startAsync();
            long end = System.nanoTime() + LONGEST.toNanos();
            while (!missing.isEmpty() && System.nanoTime() < end) {
                if (server.get("/page").statusCode() != 200) {
                    throw new IllegalStateException(server.get("/page").body());
                }
            }
            events.stop();
        }
        results.forEach(System.out::println);
    }

    private void failed(RecordedEvent event) {
        refused.put(event.getLong("compileId"), event.getString("failureMessage"));
    }

    private void compiled(RecordedEvent event) {
        RecordedMethod method = event.getValue("method");
        String type = method.getType().getName();
        if (!type.startsWith(GENERATED) || method.getName().startsWith(CALLS_BY_HOST)) {
            return;
        }
        String name = type.substring(GENERATED.length()) + '.' + method.getName();
        if (!event.getBoolean("succeded")) {
            results.add("refused " + name + ' ' + refused.get(event.getLong("compileId")));
        } else if (event.getShort("compileLevel") == SECOND_COMPILER) {
            results.add("compiled " + name);
            missing.removeIf(name::startsWith);
        }
    }
}
