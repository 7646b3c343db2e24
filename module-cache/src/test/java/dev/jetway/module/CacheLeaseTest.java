package dev.jetway.module;

import static dev.jetway.module.Fixtures.call;
import static dev.jetway.module.Fixtures.returning;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.module.source.FileReference;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lease of a module and its holders. */
final class CacheLeaseTest {
    /** Number of modules of this size in the cache. */
    private static final int ROOM = 3;

    @TempDir private Path folder;
    private ModuleCache cache;

    @BeforeEach
    void open() throws Exception {
        try (var large = new ModuleCache(settings(ByteSize.ofMebibytes(64)))) {
            long cost = large.load(new FileReference(module(0))).module().cost();
            cache = new ModuleCache(settings(ByteSize.ofKibibytes(ROOM * (cost / 1024 + 1))));
        }
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private ModuleCacheSettings settings(ByteSize memory) {
        return ModuleCacheSettings.in(Optional.of(folder.resolve("cache")), 1)
                .within(memory, ByteSize.ofMebibytes(64));
    }

    private Path module(int number) throws IOException {
        Path file = folder.resolve("module" + number);
        return Files.exists(file) ? file : Files.write(file, returning(number));
    }

    /** Loads others until an unused module has been evicted. */
    private void fill(CacheLease lease) throws Exception {
        for (int i = 1; !lease.isOver(); i++) {
            cache.load(new FileReference(module(1 + i % 9)));
        }
    }

    @Test
    void aModuleStaysWhileThereIsRoomAndLeavesForOneMore() throws Exception {
        CacheLease first = cache.load(new FileReference(module(1))).lease();
        for (int i = 2; i <= ROOM; i++) {
            cache.load(new FileReference(module(i)));
        }
        assertThat(first.isOver()).isFalse();

        // Eviction may take several loads: modules used more often stay.
        fill(first);

        assertThat(cache.statistics().modules()).isEqualTo(ROOM);
        assertThat(cache.statistics().evictions()).isPositive();
    }

    @Test
    void whoHoldsAModuleIsToldOnceWhenItLeaves() throws Exception {
        CacheLease lease = cache.load(new FileReference(module(1))).lease();
        var told = new AtomicInteger();
        Runnable holder = told::incrementAndGet;
        lease.whenOver(holder);
        lease.whenOver(holder);
        assertThat(told).hasValue(0);

        fill(lease);

        assertThat(told).hasValue(1);
        lease.whenOver(holder);
        assertThat(told).as("told at once, for it has left").hasValue(2);
    }

    @Test
    void aModuleThatIsUsedStaysAndTheOthersGo() throws Exception {
        CacheLease used = cache.load(new FileReference(module(1))).lease();
        for (int i = 0; i < 100; i++) {
            used.touch();
            cache.load(new FileReference(module(2 + i % 8)));
        }
        assertThat(used.isOver()).isFalse();
    }

    @Test
    void anEvictedModuleThatSomebodyRunsIsNotLoadedTwice() throws Exception {
        ModuleLoad running = cache.load(new FileReference(module(1)));
        fill(running.lease());

        System.gc();
        ModuleLoad again = cache.load(new FileReference(module(1)));

        assertThat(again.module()).isSameAs(running.module());
        assertThat(again.origin()).isEqualTo(Origin.MEMORY);
        assertThat(again.lease()).isNotSameAs(running.lease());
        assertThat(call(running)).isEqualTo(1);
    }

    @Test
    void ofManyModulesInTurnOnlyThoseWithinTheBoundStayInMemory() throws Exception {
        var seen = new ArrayList<WeakReference<CompiledModule>>();
        for (int i = 0; i < 60; i++) {
            int number = 1 + i % 20;
            ModuleLoad load = cache.load(new FileReference(module(number)));
            assertThat(call(load)).isEqualTo(number);
            assertThat(cache.statistics().cost().bytes()).isLessThanOrEqualTo(bound());
            seen.add(new WeakReference<>(load.module()));
        }

        System.gc();

        assertThat(seen.stream().map(WeakReference::get).filter(m -> m != null).distinct())
                .hasSizeLessThanOrEqualTo(ROOM);
        assertThat(cache.statistics().compilations()).as("all others came from disk").isEqualTo(20);
    }

    private long bound() throws Exception {
        return ROOM * 1024L * (cache.load(new FileReference(module(0))).module().cost() / 1024 + 1);
    }

    @Test
    void aModuleHeavierThanTheBoundLeavesAtOnceAndIsStillLoaded() throws Exception {
        try (var none = new ModuleCache(settings(new ByteSize(0)))) {
            ModuleLoad load = none.load(new FileReference(module(1)));

            assertThat(load.lease().isOver()).isTrue();
            assertThat(call(load)).isEqualTo(1);
            assertThat(none.statistics().modules()).isZero();
        }
    }
}
