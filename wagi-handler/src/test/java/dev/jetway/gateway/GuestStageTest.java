package dev.jetway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jetway.admission.Admission;
import dev.jetway.admission.Parking;
import dev.jetway.admission.Slot;
import dev.jetway.auth.PasswordVerifier;
import dev.jetway.base.ByteSize;
import dev.jetway.cgi.ServerIdentity;
import dev.jetway.failure.ErrorPage;
import dev.jetway.failure.ErrorPages;
import dev.jetway.failure.ErrorResponse;
import dev.jetway.failure.Failure;
import dev.jetway.failure.Outcome;
import dev.jetway.files.StaticFile;
import dev.jetway.http.Endpoint;
import dev.jetway.http.Field;
import dev.jetway.http.RequestHead;
import dev.jetway.http.RequestTarget;
import dev.jetway.http.ResponseHead;
import dev.jetway.module.ModuleCache;
import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.route.BodyLimits;
import dev.jetway.route.CgiRules;
import dev.jetway.route.ModuleRoute;
import dev.jetway.route.SiteTable;
import dev.jetway.route.TestRoute;
import dev.jetway.sandbox.GuestLimits;
import dev.jetway.sandbox.GuestSetup;
import dev.jetway.sandbox.Program;
import dev.jetway.sandbox.Resources;
import dev.jetway.sandbox.Sandbox;
import dev.jetway.sandbox.Wait;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.wasi.WasiModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's body and streams are closed, whatever keeps its guest from starting. */
final class GuestStageTest {
    @TempDir private Path folder;
    private final Sandbox sandbox = new Sandbox(HostModules.of(new WasiModule()), () -> false);
    private final PasswordVerifier passwords =
            new PasswordVerifier(1, InstantSource.system(), new SecureRandom());
    private final List<String> closed = new ArrayList<>();
    private final List<RunRecord> records = new ArrayList<>();
    private Gateway gateway;

    @BeforeEach
    void open() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("quiet.wat"),
                        "(module (memory (export \"memory\") 1) (func (export \"_start\")))");
        var modules =
                new ModuleCache(ModuleCacheSettings.in(Optional.of(folder.resolve("cache")), 1));
        Program program =
                Program.prepare(
                        modules.load(new FileReference(file)).module(),
                        new GuestSetup(
                                "_start",
                                GuestLimits.DEFAULT,
                                List.of(),
                                HostModules.of(new WasiModule())),
                        Resources.unlimited());
        ModuleRoute route =
                ModuleRoute.among(List.of(TestRoute.of("/x", CgiRules.CGI)))
                        .findFirst()
                        .orElseThrow();
        ProgramSource source =
                (ready, failed) -> ready.accept(new ProgramSource.Ready(route.action(), program));
        var sites =
                new SiteTable<ServedRoute>(
                        List.of(new ServedModule(route, new AtOnce(), source, _ -> new Stderr())),
                        ErrorPages.NONE);
        gateway =
                new Gateway(
                        new GatewaySettings(
                                new ServerIdentity("Jetway/1", Optional.empty()),
                                ByteSize.ofKibibytes(64),
                                ByteSize.ofKibibytes(64)),
                        () -> sites,
                        passwords,
                        sandbox,
                        records::add);
    }

    @AfterEach
    void close() {
        passwords.close();
        sandbox.close();
    }

    @Test
    void aRunThatEnds_closesBodyAndStandardError() {
        gateway.serve(new Request(new Body(false), () -> {}));

        assertThat(records).extracting(RunRecord::outcome).containsExactly(Outcome.NO_RESPONSE);
        assertThat(closed).containsExactly("stderr", "body");
    }

    @Test
    void aBodyThatCannotBeOpened_closesBodyAndStandardError() {
        gateway.serve(new Request(new Body(true), () -> {}));

        assertThat(records).extracting(RunRecord::outcome).containsExactly(Outcome.HOST_FAULT);
        assertThat(closed).containsExactly("stderr", "body");
    }

    @Test
    void aRunThatCannotBePrepared_closesBodyAndStandardErrorAndIsAnswered() {
        Runnable fault =
                () -> {
                    throw new IllegalStateException("for the test");
                };

        assertThatThrownBy(() -> gateway.serve(new Request(new Body(false), fault)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(records).extracting(RunRecord::outcome).containsExactly(Outcome.HOST_FAULT);
        assertThat(closed).containsExactly("stderr", "body");
    }

    private final class Stderr extends ByteArrayOutputStream {
        @Override
        public void close() {
            closed.add("stderr");
        }
    }

    private final class Body implements RequestBody {
        private final boolean broken;

        Body(boolean broken) {
            this.broken = broken;
        }

        @Override
        public OptionalLong length() {
            return OptionalLong.of(0);
        }

        @Override
        public long received() {
            return 0;
        }

        @Override
        public InputStream open(Parking wait) throws IOException {
            if (broken) {
                throw new IOException("for the test");
            }
            return InputStream.nullInputStream();
        }

        @Override
        public void close() {
            closed.add("body");
        }
    }

    /** Runs every guest at once, on the calling thread. */
    private static final class AtOnce implements Admission, Slot {
        @Override
        public Optional<Failure> enter() {
            return Optional.empty();
        }

        @Override
        public void admit(Consumer<Slot> guest, Consumer<Failure> refused) {
            guest.accept(this);
        }

        @Override
        public long since() {
            return System.nanoTime();
        }

        @Override
        public void park(Wait wait) {
            throw new AssertionError("nothing to wait for");
        }

        @Override
        public void onEviction(Consumer<Failure> end) {}

        @Override
        public void complete(Runnable completion) {
            completion.run();
        }

        @Override
        public void again() {}

        @Override
        public void tick(long cpuNanos) {}
    }

    /**
     * A request whose answer is discarded.
     *
     * @param body of the request
     * @param beforeTheRun called when the run is prepared
     */
    private record Request(RequestBody body, Runnable beforeTheRun)
            implements Exchange, ResponseChannel {
        private static final Endpoint HERE = new Endpoint("127.0.0.1", 80);

        @Override
        public RequestHead head() {
            return new RequestHead(
                    "1",
                    "GET",
                    RequestTarget.parse("/x").orElseThrow(),
                    "HTTP/1.1",
                    false,
                    Optional.of("localhost"),
                    List.of(),
                    HERE,
                    HERE,
                    Optional.empty());
        }

        @Override
        public ResponseChannel response() {
            return this;
        }

        @Override
        public void collectBody(
                BodyLimits limits, Consumer<RequestBody> ready, Consumer<Failure> failed) {
            ready.accept(body);
        }

        @Override
        public RequestBody streamBody(BodyLimits limits) {
            return body;
        }

        @Override
        public void onClientGone(Runnable cancel, Optional<Duration> halfClosedTime) {}

        @Override
        public void offload(Runnable work) {
            work.run();
        }

        @Override
        public void send(StaticFile file, RequestHead asked, FileEnd end) {
            end.sent(200, 0);
        }

        @Override
        public void tick() {}

        @Override
        public void start(ResponseHead head) {}

        @Override
        public void waitThrough(Parking wait) {
            beforeTheRun.run();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public boolean seal() {
            return true;
        }

        @Override
        public void always(Field field) {}

        @Override
        public void finish() {}

        @Override
        public void restart() {}

        @Override
        public void fail(ErrorResponse error, ErrorPage page) {}

        @Override
        public void abort() {}
    }
}
