package dev.jetway.route;

import java.util.Optional;

/**
 * The identity of a client: proved by a password, or claimed by a token. Immutable.
 *
 * @param scheme {@code Basic} or {@code Bearer} (RFC 3875 §4.1.1)
 * @param user the name (RFC 3875 §4.1.11), if the server knows it
 */
public record Identity(String scheme, Optional<String> user) {}
