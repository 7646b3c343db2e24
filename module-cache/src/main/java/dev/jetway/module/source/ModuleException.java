package dev.jetway.module.source;

import dev.jetway.base.OneLine;

/**
 * A module that cannot be loaded. The message completes a sentence that begins with the file's
 * name: what is wrong and, where that is known, what to do, on one line.
 */
public final class ModuleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The kind of failure, for callers that treat kinds differently. */
    public enum Reason {
        /** There is no such file. */
        NOT_FOUND,
        /** The file cannot be read, or was not read to its end. */
        UNREADABLE,
        /** The file, or its assembled binary, is over a limit. */
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

    /** The failure of a load that ran out of heap. */
    public static ModuleException noMemory(OutOfMemoryError e) {
        return new ModuleException(
                Reason.NO_MEMORY, "needs more memory than the host has left: " + OneLine.of(e));
    }

    /** The kind of failure. */
    public Reason reason() {
        return reason;
    }
}
