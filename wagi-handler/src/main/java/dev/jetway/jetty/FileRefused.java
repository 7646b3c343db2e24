package dev.jetway.jetty;

import dev.jetway.failure.Failure;

/** Carries a failure through Jetty's callbacks; never thrown. */
final class FileRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FileRefused(Failure failure) {
        super("a file that is not sent", null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
