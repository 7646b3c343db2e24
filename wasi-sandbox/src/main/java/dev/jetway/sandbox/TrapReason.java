package dev.jetway.sandbox;

/** One line for a trap, bounded, without control characters. */
final class TrapReason {
    /** Characters of an engine's message that are kept. */
    static final int MAX_LENGTH = 200;

    private TrapReason() {}

    static String of(RuntimeException e) {
        String message = e.getMessage() == null ? "trap" : e.getMessage();
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) : line;
    }
}
