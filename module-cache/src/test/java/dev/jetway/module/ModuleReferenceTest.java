package dev.jetway.module;

import static dev.jetway.module.Fixtures.call;
import static dev.jetway.module.Fixtures.returning;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleLoad.Origin;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.module.source.ModuleVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Modules from other machines, which may take long, be interrupted, fail or change. */
@Timeout(60)
final class ModuleReferenceTest {
    @TempDir private Path folder;
    private final ModuleCache cache = new ModuleCache(ModuleCacheSettings.in(Optional.empty(), 1));
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
        cache.close();
    }

    /** A module on another machine, which answers when it is told to. */
    private static final class Remote implements ModuleReference {
        private final CountDownLatch answers;
        private final AtomicInteger fetching;
        private final AtomicInteger fetched = new AtomicInteger();
        private volatile byte[] content = returning(7);

        Remote() {
            this.answers = new CountDownLatch(1);
            this.fetching = new AtomicInteger();
        }

        /** Another module of the same machine. */
        Remote(Remote other) {
            this.answers = other.answers;
            this.fetching = other.fetching;
        }

        @Override
        public String name() {
            return "hello";
        }

        @Override
        public boolean isLocal() {
            return false;
        }

        @Override
        public ModuleVersion version() {
            return new ModuleVersion("1");
        }

        @Override
        public ModuleBytes fetch(ByteSize limit) throws ModuleException, InterruptedException {
            fetching.incrementAndGet();
            answers.await();
            fetched.incrementAndGet();
            if (content.length == 0) {
                throw new ModuleException(Reason.NOT_FOUND, "is not in the registry");
            }
            return new ModuleBytes(content);
        }
    }

    @Test
    void load_remoteModule_isCompiledLikeAFile() throws Exception {
        var remote = new Remote();
        remote.answers.countDown();

        assertThat(call(cache.load(remote))).isEqualTo(7);
        assertThat(cache.load(remote).origin()).isEqualTo(Origin.MEMORY);
        assertThat(remote.fetched).as("to know it, to compile it, to know it again").hasValue(3);
    }

    @Test
    void load_contentOfAFileCompiledBefore_isShared() throws Exception {
        var remote = new Remote();
        remote.answers.countDown();
        var file = new FileReference(Files.write(folder.resolve("module"), returning(7)));

        assertThat(cache.load(remote).module()).isSameAs(cache.load(file).module());
    }

    @Test
    void load_remoteModuleIsMissing_failsAsTheReferenceSays() {
        var remote = new Remote();
        remote.content = new byte[0];
        remote.answers.countDown();

        assertThatThrownBy(() -> cache.load(remote)).hasMessage("is not in the registry");
        assertThat(cache.statistics().failures()).isEqualTo(1);
    }

    @Test
    void load_othersWaitForSlowMachines_aFileDoesNot() throws Exception {
        var remote = new Remote();
        List<Future<ModuleLoad>> loads = new ArrayList<>();
        for (int i = 0; i < ModuleContents.DOWNLOADS + 3; i++) {
            loads.add(callers.submit(() -> cache.load(new Remote(remote))));
        }
        await().until(() -> remote.fetching.get() == ModuleContents.DOWNLOADS);

        var file = new FileReference(Files.write(folder.resolve("module"), returning(9)));
        assertThat(call(cache.load(file))).isEqualTo(9);
        assertThat(remote.fetching).as("fetched at once").hasValue(ModuleContents.DOWNLOADS);

        remote.answers.countDown();
        for (Future<ModuleLoad> load : loads) {
            assertThat(call(load.get())).isEqualTo(7);
        }
    }

    @Test
    void load_oneModuleForManyAtOnce_isFetchedOnce() throws Exception {
        var remote = new Remote();
        List<Future<ModuleLoad>> loads = new ArrayList<>();
        for (int i = 0; i < ModuleContents.DOWNLOADS; i++) {
            loads.add(callers.submit(() -> interruptibly(remote)));
        }
        await().until(() -> remote.fetching.get() == 1);

        callers.shutdownNow();

        for (Future<ModuleLoad> load : loads) {
            assertThatThrownBy(load::get).hasMessageContaining("its load was ended");
        }
        assertThat(remote.fetching).as("fetched at once").hasValue(1);
    }

    @Test
    void load_interruptedWhileItFetchesOrWaitsToFetch_endsAndGivesItsTurnBack() throws Exception {
        var remote = new Remote();
        List<Future<ModuleLoad>> loads = new ArrayList<>();
        for (int i = 0; i < ModuleContents.DOWNLOADS + 1; i++) {
            loads.add(callers.submit(() -> interruptibly(new Remote(remote))));
        }
        await().until(() -> remote.fetching.get() == ModuleContents.DOWNLOADS);

        callers.shutdownNow();

        for (Future<ModuleLoad> load : loads) {
            assertThatThrownBy(load::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            ModuleException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.UNREADABLE))
                    .hasMessage("was not fetched: its load was ended");
        }
        remote.answers.countDown();
        assertThat(call(cache.load(remote))).isEqualTo(7);
    }

    /** The caller's thread is still interrupted after the load has thrown. */
    private ModuleLoad interruptibly(ModuleReference reference) throws ModuleException {
        try {
            return cache.load(reference);
        } catch (ModuleException e) {
            assertThat(Thread.interrupted()).isTrue();
            throw e;
        }
    }

    @Test
    void recall_remoteModule_asksNoOtherMachine() {
        var remote = new Remote();

        assertThat(cache.recall(remote)).isEmpty();
        assertThat(remote.fetching).hasValue(0);
    }
}
