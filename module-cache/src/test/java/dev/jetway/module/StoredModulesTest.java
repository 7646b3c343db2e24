package dev.jetway.module;

import static dev.jetway.module.Fixtures.returning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.store.StoredModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bounds of what an owner does with the folder. */
final class StoredModulesTest {
    @TempDir private Path folder;
    private Path cache;
    private StoredModule entry;

    @BeforeEach
    void store() throws Exception {
        cache = folder.resolve("cache");
        try (var modules = new ModuleCache(ModuleCacheSettings.in(Optional.of(cache), 1))) {
            modules.load(new FileReference(Files.write(folder.resolve("module"), returning(7))));
        }
        entry = StoredModules.open(cache).list().getFirst();
    }

    @Test
    void anEntryThatNoCompilationCanLeaveIsDamaged() throws Exception {
        int size = Math.toIntExact(entry.size().bytes());

        assertThat(StoredModules.open(cache, size).removeDamaged()).isEmpty();
        assertThat(StoredModules.open(cache, size - 1).removeDamaged()).containsExactly(entry);
        assertThat(StoredModules.open(cache).list()).isEmpty();
    }

    @Test
    void shrinkingRemovesNothingThatFits() throws Exception {
        var modules = StoredModules.open(cache);

        assertThat(modules.shrink(entry.size())).isEmpty();
        assertThat(modules.shrink(new ByteSize(entry.size().bytes() - 1))).containsExactly(entry);
    }

    @Test
    void whatWasUsedAtThatTimeIsNotUnused() throws Exception {
        var modules = StoredModules.open(cache);
        Instant used = entry.used();

        assertThat(modules.removeUnused(used)).isEmpty();
        assertThat(modules.removeUnused(used.plusNanos(1))).containsExactly(entry);
    }
}
