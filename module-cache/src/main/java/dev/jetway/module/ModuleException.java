package dev.jetway.module;

/** A module that cannot be loaded. The message says what is wrong and what to do, on one line. */
public final class ModuleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** For the reason given. */
    ModuleException(String message) {
        super(message);
    }
}
