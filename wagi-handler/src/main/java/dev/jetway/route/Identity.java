package dev.jetway.route;

import java.util.Optional;

/**
 * Who a client has proved, or with a token claims, to be. Immutable.
 *
 * @param scheme {@code Basic} or {@code Bearer} (RFC 3875 §4.1.1)
 * @param user the name (RFC 3875 §4.1.11), if the server knows it
 */
public record Identity(String scheme, Optional<String> user) {}
