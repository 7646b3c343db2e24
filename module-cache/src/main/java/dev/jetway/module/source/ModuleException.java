package dev.jetway.module.source;

import dev.jetway.base.OneLine;

/**
 * A module that cannot be loaded. The message completes a sentence that begins with the file's
 * name: it says what is wrong and, where that is known, what to do, on one line.
 */
public final class ModuleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong, for callers that treat one kind differently from another. */
    public enum Reason {
        /** There is no such file. */
        NOT_FOUND,
        /** There is something, but no readable file. */
        UNREADABLE,
        /** The file or what becomes of it is over a limit. */
        TOO_LARGE,
        /** Neither a WebAssembly binary nor its text. */
        NOT_WASM,
        /** A component of the component model: a core module is wanted. */
        COMPONENT,
        /** A binary that is cut, damaged or not valid. */
        MALFORMED,
        /** Text that does not assemble. */
        BAD_TEXT,
        /** Valid, but beyond what the engine compiles. */
        UNSUPPORTED,
        /** The heap had no room for the load; later it may have. */
        NO_MEMORY
    }

    private final Reason reason;

    public ModuleException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** That of a load which ran out of heap. */
    public static ModuleException noMemory(OutOfMemoryError e) {
        return new ModuleException(
                Reason.NO_MEMORY, "needs more memory than the host has left: " + OneLine.of(e));
    }

    /** The kind of trouble. */
    public Reason reason() {
        return reason;
    }
}
