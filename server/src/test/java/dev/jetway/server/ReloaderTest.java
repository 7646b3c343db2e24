package dev.jetway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jetway.base.Pace;
import dev.jetway.server.config.Configuration;
import dev.jetway.server.config.ConfigurationReader;
import dev.jetway.server.config.ConfigurationSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReloaderTest {
    private static final Pace QUICK = new Pace(Duration.ofMillis(20), 100);

    @TempDir private Path folder;
    private ConfigurationSource source;
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile int routes;

    @BeforeEach
    void write() throws IOException {
        var reader = new ConfigurationReader(folder, 2);
        source = () -> reader.read(folder);
        modules("/a");
    }

    private void modules(String... patterns) throws IOException {
        var text = new StringBuilder();
        for (String pattern : patterns) {
            text.append("[[module]]\nroute = \"%s\"\nmodule = \"a.wasm\"\n".formatted(pattern));
        }
        Files.writeString(folder.resolve("modules.toml"), text);
    }

    private Reloader reloader(Configuration first) {
        return new Reloader(
                source,
                first,
                new Reloader.Served() {
                    @Override
                    public ReloadReport serve(Configuration configuration) {
                        routes = configuration.routes().size();
                        served.incrementAndGet();
                        return new ReloadReport(routes, 0, 0, List.of());
                    }

                    @Override
                    public void checkModules() {
                        looks.incrementAndGet();
                    }
                },
                QUICK);
    }

    @Test
    void aChangeBetweenTheFirstReadingAndTheStart_isServed() throws Exception {
        Configuration first = source.read();
        modules("/a", "/b");
        try (Reloader reloader = reloader(first)) {
            reloader.start();
            await().until(() -> routes == 2);
        }

        assertThat(served).hasValue(1);
    }

    @Test
    void aChangeDuringAReload_isServed() throws Exception {
        Configuration first = source.read();
        ConfigurationSource plain = source;
        var once = new AtomicInteger();
        source =
                () -> {
                    Configuration read = plain.read();
                    if (once.getAndIncrement() == 0) {
                        change();
                    }
                    return read;
                };
        try (Reloader reloader = reloader(first)) {
            assertThat(reloader.reload().done()).isTrue();
            reloader.start();
            await().until(() -> routes == 2);
        }

        assertThat(served).hasValue(2);
    }

    private void change() {
        try {
            modules("/a", "/b");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutAChange_nothingIsRead() throws Exception {
        try (Reloader reloader = reloader(source.read())) {
            reloader.start();
            await().until(() -> looks.get() > 5);
        }

        assertThat(served).hasValue(0);
    }

    @Test
    void aBrokenFile_isReadOnce_andAgainWhenItChanges() throws Exception {
        Configuration first = source.read();
        var reads = new AtomicInteger();
        ConfigurationSource plain = source;
        source =
                () -> {
                    reads.incrementAndGet();
                    return plain.read();
                };
        try (Reloader reloader = reloader(first)) {
            Files.writeString(folder.resolve("modules.toml"), "broken");
            reloader.start();
            await().until(() -> !reloader.isCurrent());
            int then = looks.get();
            await().until(() -> looks.get() > then + 5);
            assertThat(reads).hasValue(1);

            modules("/a", "/b", "/c");
            await().until(() -> routes == 3);
            assertThat(reloader.isCurrent()).isTrue();
        }
    }
}
