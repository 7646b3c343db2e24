package dev.jetway.sandbox.file;

/** What becomes of one of a file's times. Immutable. */
public sealed interface TimeChange {
    /** It stays. */
    record Keep() implements TimeChange {}

    /** It becomes the present. */
    record Now() implements TimeChange {}

    /**
     * It becomes this.
     *
     * @param nanos since 1970, unsigned
     */
    record At(long nanos) implements TimeChange {}
}
