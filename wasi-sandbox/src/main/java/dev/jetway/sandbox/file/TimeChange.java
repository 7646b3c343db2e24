package dev.jetway.sandbox.file;

/** The change of one of a file's times. Immutable. */
public sealed interface TimeChange {
    /** The time stays. */
    record Keep() implements TimeChange {}

    /** The time becomes the present. */
    record Now() implements TimeChange {}

    /**
     * The time becomes this one.
     *
     * @param nanos since 1970, unsigned
     */
    record At(long nanos) implements TimeChange {}
}
