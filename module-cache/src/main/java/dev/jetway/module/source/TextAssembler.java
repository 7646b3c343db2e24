package dev.jetway.module.source;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.base.BoundedBytes;
import dev.jetway.base.ByteSize;
import dev.jetway.base.OneLine;
import dev.jetway.module.memory.LinearMemory;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Assembles WebAssembly text. The assembler is wabt's wat2wasm, itself a WASI program: it gets the
 * text on standard input and nothing else, within bounds of memory and time. Safe to share between
 * threads.
 */
public final class TextAssembler {
    /** Maximum size of a text, in bytes: text is for examples and tests. */
    public static final int MAX_TEXT = 1 << 20;

    private static final int MAX_DIAGNOSTICS = 1 << 16;
    private static final String RESOURCE = "/wat2wasm";

    /**
     * Arguments that enable proposals which the engine supports and the assembler disables by
     * default.
     */
    private static final List<String> ARGUMENTS =
            List.of(
                    "wat2wasm",
                    "-",
                    "--output=-",
                    "--debug-names",
                    "--enable-tail-call",
                    "--enable-extended-const");

    private final Bounds bounds;
    private final Semaphore turns;
    private final ThreadFactory threads;

    /**
     * The assembler's program as the engine runs it. Safe to share between threads.
     *
     * @param module without the bodies of its functions
     * @param machine makes what runs them
     */
    public record Assembler(WasmModule module, Function<Instance, Machine> machine) {}

    /**
     * Bounds of one text's assembly.
     *
     * @param output bytes of the binary
     * @param time until it is there
     * @param pages memory of the assembler, of 64 KiB
     */
    public record Bounds(ByteSize output, Duration time, int pages) {
        /** 30 s and 256 MiB. */
        public static Bounds of(ByteSize output) {
            return new Bounds(output, Duration.ofSeconds(30), 4096);
        }
    }

    /**
     * An assembler.
     *
     * @param atOnce texts assembled side by side
     * @param threads each assembles one text
     */
    public TextAssembler(Bounds bounds, int atOnce, ThreadFactory threads) {
        this.bounds = bounds;
        this.turns = new Semaphore(atOnce, true);
        this.threads = threads;
    }

    /** The assembler's own binary. */
    public static byte[] program() {
        try (InputStream in = TextAssembler.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("wat2wasm is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("wat2wasm cannot be read", e);
        }
    }

    /**
     * Assembles a text.
     *
     * @throws ModuleException with line and column of the first error
     */
    public byte[] assemble(byte[] text, Assembler program) throws ModuleException {
        if (text.length > MAX_TEXT) {
            throw new ModuleException(
                    Reason.TOO_LARGE,
                    "is WebAssembly text of more than " + MAX_TEXT + " bytes: assemble it first");
        }
        var run = new Run(text, bounds);
        turns.acquireUninterruptibly();
        try {
            runInTime(run, program);
        } finally {
            turns.release();
        }
        return run.result();
    }

    /** Runs on a thread of its own, so that it can be interrupted without touching the caller. */
    private void runInTime(Run run, Assembler program) throws ModuleException {
        var done = new CompletableFuture<Void>();
        Thread thread =
                threads.newThread(() -> {
                    try {
                        run.run(program);
                        done.complete(null);
                    } catch (RuntimeException | Error e) {
                        done.completeExceptionally(e);
                    }
                });
        thread.start();
        try {
            done.orTimeout(bounds.time().toNanos(), TimeUnit.NANOSECONDS).join();
        } catch (CompletionException e) {
            thread.interrupt();
            String why =
                    e.getCause() instanceof TimeoutException
                            ? "it took longer than " + bounds.time().toMillis() + " ms"
                            : OneLine.of(e.getCause() == null ? e : e.getCause());
            throw new ModuleException(Reason.BAD_TEXT, "the text cannot be assembled: " + why);
        }
    }

    /** One run of the assembler; used by one thread after the other. */
    private static final class Run {
        private final byte[] text;
        private final BoundedBytes binary;
        private final BoundedBytes errors = new BoundedBytes(MAX_DIAGNOSTICS);
        private final int pages;
        private int exitCode;

        Run(byte[] text, Bounds bounds) {
            this.text = text;
            this.pages = bounds.pages();
            this.binary = new BoundedBytes(bounds.output().bytes());
        }

        void run(Assembler program) {
            var host = new AssemblerHost(ARGUMENTS, new ByteArrayInputStream(text), binary, errors);
            try {
                Instance.builder(program.module())
                        .withMachineFactory(program.machine())
                        .withMemoryFactory(declared -> new LinearMemory(memory(program)))
                        .withImportValues(host.imports())
                        .build();
            } catch (AssemblerHost.Exit e) {
                exitCode = e.code();
            }
        }

        private MemoryLimits memory(Assembler program) {
            int initial =
                    program.module()
                            .memorySection()
                            .orElseThrow()
                            .getMemory(0)
                            .limits()
                            .initialPages();
            return new MemoryLimits(initial, Math.max(initial, pages));
        }

        byte[] result() throws ModuleException {
            if (binary.exceeded()) {
                throw new ModuleException(
                        Reason.TOO_LARGE, "assembles to more than the limit for a module");
            }
            if (exitCode != 0) {
                throw new ModuleException(Reason.BAD_TEXT, "line " + firstError());
            }
            return binary.toByteArray();
        }

        /** {@code -:3:5: error: …} becomes {@code 3:5: error: …}. */
        private String firstError() {
            String all = new String(errors.toByteArray(), StandardCharsets.UTF_8).strip();
            String first = all.lines().findFirst().orElse("0: error: unknown");
            return OneLine.of(first.startsWith("-:") ? first.substring(2) : first);
        }
    }
}
