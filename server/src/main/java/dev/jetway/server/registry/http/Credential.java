package dev.jetway.server.registry.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A user and a password. Immutable; never printed.
 *
 * @param user without a colon
 * @param password any text
 */
public record Credential(String user, String password) {
    /** The value of the field {@code Authorization} (RFC 7617). */
    String basic() {
        byte[] both = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public String toString() {
        return "credential of " + user;
    }
}
