package dev.jetway.gateway;

import dev.jetway.admission.Slot;
import dev.jetway.admission.SlotParking;
import dev.jetway.cgi.Arguments;
import dev.jetway.cgi.MetaVariables;
import dev.jetway.failure.Failure;
import dev.jetway.route.ScriptFile;
import dev.jetway.sandbox.GuestRun;
import dev.jetway.sandbox.Invocation;
import dev.jetway.sandbox.RunReport;
import dev.jetway.sandbox.Sandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs guests, one at a time on each thread. Safe to share between threads. */
final class GuestStage {
    private final GatewaySettings settings;
    private final Sandbox sandbox;
    private final MetaVariables metaVariables;

    GuestStage(GatewaySettings settings, Sandbox sandbox) {
        this.settings = settings;
        this.sandbox = sandbox;
        this.metaVariables = new MetaVariables(settings.identity());
    }

    /** Runs the guest on this guest thread and ends the request. */
    void run(PendingRun pending, RequestBody body, Slot slot) {
        Pass pass = pending.pass();
        pass.completion().admitted(new HeldSlot(slot, Thread.currentThread()));
        var streams = new RunStreams(body);
        try {
            Step step = execute(pending, streams, slot);
            slot.complete(() -> end(pass, streams, step));
        } catch (IOException | UncheckedIOException e) {
            end(pass, streams, fault("request body or log: " + e));
        } catch (RuntimeException | Error e) {
            end(pass, streams, fault(e.toString()));
            throw e;
        }
    }

    private static Step fault(String reason) {
        return new Step.Failed(new Failure.HostFault(reason));
    }

    private Step execute(PendingRun pending, RunStreams streams, Slot slot) throws IOException {
        OutputStream stderr = streams.stderr(pending.log().open(pending.exchange().head().id()));
        CgiOutput output = output(pending);
        GuestRun run = prepare(pending, streams.body(), output, stderr, slot);
        var evicted = new AtomicReference<@Nullable Failure>();
        pending.exchange()
                .onClientGone(run::cancel, pending.action().rules().http().halfClosedTime());
        slot.onEviction(failure -> {
            evicted.set(failure);
            run.cancel();
        });
        long waited = System.nanoTime() - slot.since();
        RunReport report = run.execute();
        RequestBody body = streams.body();
        pending.pass().completion().ran(report, Duration.ofNanos(waited), body.received(), output);
        return new Conclusion(report, output, Optional.ofNullable(evicted.get()))
                .step(body, pending.exchange().head());
    }

    private GuestRun prepare(
            PendingRun pending, RequestBody body, CgiOutput output, OutputStream stderr, Slot slot)
            throws IOException {
        Exchange exchange = pending.exchange();
        var wait = new SlotParking(slot);
        OptionalLong length = body.length();
        GuestRun run =
                sandbox.prepare(
                        pending.ready().program(),
                        new Invocation(
                                arguments(pending),
                                () ->
                                        metaVariables.of(
                                                exchange.head(),
                                                pending.match(),
                                                pending.action(),
                                                length),
                                body.open(wait),
                                output,
                                stderr,
                                cpuNanos -> tick(exchange, slot, cpuNanos)));
        wait.of(run);
        exchange.response().waitThrough(wait);
        return run;
    }

    private static List<String> arguments(PendingRun pending) {
        return pending.match()
                .script()
                .map(ScriptFile::arguments)
                .orElseGet(() -> Arguments.of(pending.exchange().head(), pending.action()));
    }

    private static void tick(Exchange exchange, Slot slot, long cpuNanos) {
        exchange.tick();
        slot.tick(cpuNanos);
    }

    private CgiOutput output(PendingRun pending) {
        Exchange exchange = pending.exchange();
        return new CgiOutput(
                settings.responseHead(),
                pending.action().traffic().responseBody(),
                pending.action().rules(),
                exchange.response(),
                exchange.head());
    }

    /** Ends the request, closes the streams of its run, and begins the request that it causes. */
    private static void end(Pass pass, RunStreams streams, Step step) {
        try {
            Optional<Attempt> next;
            try (streams) {
                next = pass.completion().end(step);
            }
            next.ifPresent(pass.again());
        } catch (RuntimeException | Error e) {
            // Whatever fails at the end, the client must not wait for an answer that never comes.
            pass.exchange().response().abort();
            throw e;
        }
    }
}
