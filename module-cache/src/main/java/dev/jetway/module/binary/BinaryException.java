package dev.jetway.module.binary;

/** A binary that is refused. The message completes a sentence that begins with the file's name. */
public sealed class BinaryException extends Exception {
    private static final long serialVersionUID = 1L;

    private BinaryException(String message) {
        super(message);
    }

    /** Not valid WebAssembly. */
    public static final class Malformed extends BinaryException {
        private static final long serialVersionUID = 1L;

        Malformed(String what, int offset) {
            super(
                    "is not a valid WebAssembly module: "
                            + what
                            + " at byte 0x"
                            + Integer.toHexString(offset));
        }
    }

    /** WebAssembly that uses an unsupported proposal. */
    public static final class Unsupported extends BinaryException {
        private static final long serialVersionUID = 1L;

        Unsupported(Proposal proposal) {
            super(proposal.refusal());
        }

        Unsupported(String message) {
            super(message);
        }
    }
}
