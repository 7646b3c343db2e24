package dev.jetway.sandbox;

/** A module that compiled but cannot be run as asked: an import, the entry point, its memory. */
public final class ProgramException extends Exception {
    private static final long serialVersionUID = 1L;

    ProgramException(String message) {
        super(message);
    }
}
