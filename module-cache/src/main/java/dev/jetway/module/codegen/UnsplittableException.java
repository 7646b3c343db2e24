package dev.jetway.module.codegen;

import org.jspecify.annotations.Nullable;

/** A function that cannot be cut into chunks; it is interpreted if it is too large for the JVM. */
final class UnsplittableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsplittableException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
