package dev.jetway.server.cli;

import dev.jetway.server.config.table.ConfigurationException;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text that operators read when a command fails. */
final class FailureText {
    /** Maximum depth of causes. */
    private static final int MAX_DEPTH = 16;

    private FailureText() {}

    static String of(Exception failure) {
        return switch (failure) {
            case ConfigurationException problems -> String.valueOf(problems.getMessage());
            case CommandFailure known -> "jetway: " + known.getMessage();
            default -> "jetway: " + other(failure);
        };
    }

    private static String other(Exception failure) {
        Optional<String> listening = listening(failure);
        if (listening.isPresent()) {
            return firstLine(failure.getMessage()) + ": " + listening.get();
        }
        // The message of these exceptions is only the path.
        String kind =
                failure instanceof FileSystemException
                        ? failure.getClass().getSimpleName() + ": "
                        : "";
        return "failed: " + kind + firstLine(failure.getMessage()) + " (--debug shows where)";
    }

    /** The reason why a port could not be opened, if that has failed. */
    private static Optional<String> listening(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; i < MAX_DEPTH && cause != null; i++) {
            if (cause instanceof UnresolvedAddressException) {
                return Optional.of("the host name is unknown");
            }
            if (cause instanceof SocketException) {
                return Optional.of(reason(firstLine(cause.getMessage())));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static String reason(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("in use")) {
            return "the address is already in use: stop who listens there, or name another with"
                    + " --listen or --admin-listen";
        }
        if (lower.contains("denied")) {
            return "permission denied: a port below 1024 needs the right to open it"
                    + " (CAP_NET_BIND_SERVICE)";
        }
        return message;
    }

    static String firstLine(@Nullable String message) {
        return message == null ? "unknown reason" : message.lines().findFirst().orElse("");
    }
}
