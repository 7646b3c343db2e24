package dev.jetway.module.source;

import dev.jetway.base.ByteSize;

/**
 * Where a module comes from. The text of a reference ({@code toString}) is what an operator wrote,
 * for the log and for commands only: it may show paths of the host. Equal references name the same
 * place. Immutable; safe to share between threads.
 */
public interface ModuleReference {
    /** The last part of the place, for example {@code hello.wasm}; never a path. */
    String name();

    /** Whether {@link #fetch} reads from this machine, so that no other machine can delay it. */
    boolean isLocal();

    /**
     * A stamp of the content as it is now. Cheap: reads no content and waits for no other machine.
     * A place without content has a version too, which differs from those of any content.
     */
    ModuleVersion version();

    /**
     * The content, read once. Called a second time if the module must be compiled: a remote
     * reference keeps what it has fetched.
     *
     * @param limit of the content; at most 1 GiB
     * @throws ModuleException if there is no content, if it cannot be had, or if it is larger
     * @throws InterruptedException if the thread is interrupted; a local reference never throws it
     */
    ModuleBytes fetch(ByteSize limit) throws ModuleException, InterruptedException;
}
