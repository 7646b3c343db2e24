package dev.jetway.module;

import dev.jetway.base.ByteSize;
import dev.jetway.module.ModuleLoader.Binary;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import dev.jetway.module.source.ModuleReference;
import dev.jetway.module.source.TextAssembler;
import dev.jetway.module.source.TextAssembler.Assembler;
import dev.jetway.module.source.TextForm;
import java.util.concurrent.Semaphore;

/**
 * Looks up the content behind a reference: the digest at once, the binary when it is to be
 * compiled. A binary is dropped in between, so that modules which wait for the compiler are not in
 * memory. Safe to share between threads.
 */
final class ModuleContents {
    /** Modules fetched from other machines at once; local ones do not wait for them. */
    static final int DOWNLOADS = 4;

    private final ByteSize limit;
    private final Semaphore reads;
    private final Semaphore downloads = new Semaphore(DOWNLOADS, true);
    private final InFlight<ModuleBytes> fetches = new InFlight<>();
    private final TextAssembler assembler;
    private final CompiledContents compiled;

    /**
     * Contents.
     *
     * @param reads one permit for each file that may be in memory
     * @param compiled loads the assembler itself
     */
    ModuleContents(
            ByteSize limit, Semaphore reads, TextAssembler assembler, CompiledContents compiled) {
        this.limit = limit;
        this.reads = reads;
        this.assembler = assembler;
        this.compiled = compiled;
    }

    /**
     * Content by its digest.
     *
     * @param size bytes of the file
     * @param source makes the binary that belongs to it
     */
    record Content(String digest, long size, Source source) {}

    /** Makes the binary of a content on the caller's thread. */
    interface Source {
        Binary prepare() throws ModuleException;
    }

    /** Compiles a content, or finds it compiled. */
    interface CompiledContents {
        CompiledModule load(Content content) throws ModuleException;
    }

    /** The content that a reference has now. */
    Content look(ModuleReference reference) throws ModuleException {
        ModuleBytes fetched = fetch(reference);
        byte[] bytes = fetched.bytes();
        String digest = fetched.digest();
        if (fetched.isBinary()) {
            ModuleBytes.requireCoreModule(bytes);
            return new Content(digest, bytes.length, () -> () -> again(reference, digest));
        }
        requireText(bytes);
        return new Content(digest, bytes.length, () -> assembled(bytes));
    }

    private byte[] again(ModuleReference reference, String digest) throws ModuleException {
        ModuleBytes fetched = fetch(reference);
        if (!fetched.digest().equals(digest)) {
            throw new ModuleException(Reason.UNREADABLE, "changed while it was loaded: try again");
        }
        return fetched.bytes();
    }

    private ModuleBytes fetch(ModuleReference reference) throws ModuleException {
        if (reference.isLocal()) {
            reads.acquireUninterruptibly();
            return fetch(reference, reads);
        }
        try {
            // Routes with the same module transfer it once.
            return fetches.loadInterruptibly(reference.toString(), () -> download(reference));
        } catch (InterruptedException e) {
            throw ended();
        }
    }

    private ModuleBytes download(ModuleReference reference) throws ModuleException {
        try {
            downloads.acquire();
        } catch (InterruptedException e) {
            throw ended();
        }
        return fetch(reference, downloads);
    }

    /** Fetches with a turn that the caller has taken. */
    private ModuleBytes fetch(ModuleReference reference, Semaphore turns) throws ModuleException {
        try {
            return reference.fetch(limit);
        } catch (InterruptedException e) {
            throw ended();
        } finally {
            turns.release();
        }
    }

    private static ModuleException ended() {
        Thread.currentThread().interrupt();
        return new ModuleException(Reason.UNREADABLE, "was not fetched: its load was ended");
    }

    private static void requireText(byte[] bytes) throws ModuleException {
        if (bytes.length == 0) {
            throw new ModuleException(Reason.NOT_WASM, "is empty");
        }
        if (!TextForm.matches(bytes)) {
            throw new ModuleException(
                    Reason.NOT_WASM, "is not a WebAssembly module: neither binary nor text");
        }
    }

    private Binary assembled(byte[] text) throws ModuleException {
        byte[] program = TextAssembler.program();
        var content =
                new Content(
                        ModuleBytes.digest(program), program.length, () -> TextAssembler::program);
        CompiledModule wat2wasm = compiled.load(content);
        byte[] binary =
                assembler.assemble(text, new Assembler(wat2wasm.wasm(), wat2wasm.machineFactory()));
        ModuleBytes.requireCoreModule(binary);
        return () -> binary;
    }
}
