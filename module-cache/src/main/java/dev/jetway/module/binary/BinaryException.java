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

    /** Proposals that are refused as a whole, and advice for the module's author. */
    enum Proposal {
        SIMD("vector instructions (SIMD)", "build it without -msimd128"),
        RELAXED_SIMD("relaxed vector instructions", "build it without -mrelaxed-simd"),
        THREADS("threads (shared memory or atomic instructions)", "build it without -pthread"),
        LEGACY_EXCEPTIONS(
                "the exception handling of before 2023 (try … catch)",
                "build it with -mllvm -wasm-use-legacy-eh=false, or translate it with wasm-opt"
                        + " --translate-to-exnref"),
        GARBAGE_COLLECTION("types for garbage collection", "build it for linear memory"),
        MEMORY64("64-bit memory or tables (memory64)", "build it for wasm32"),
        MULTI_MEMORY("more than one memory (multi-memory)", "link it with one memory"),
        CUSTOM_PAGE_SIZES("pages of another size than 64 KiB", "link it with the usual page size"),
        WIDE_ARITHMETIC(
                "128-bit arithmetic (wide-arithmetic)", "build it without -mwide-arithmetic"),
        STACK_SWITCHING("stack switching", "build it without");

        private final String feature;
        private final String advice;

        Proposal(String feature, String advice) {
            this.feature = feature;
            this.advice = advice;
        }

        String refusal() {
            return "uses " + feature + ", which is not supported: " + advice;
        }
    }
}
