package dev.jetway.route;

import dev.jetway.auth.PasswordFile;

/** Who may use a route, and what its guest learns of them. Immutable. */
public sealed interface Access {
    /** Anybody; the guest sees no credentials. */
    Access OPEN = new Anybody(false);

    /** Whether the guest gets the field Authorization as {@code HTTP_AUTHORIZATION}. */
    boolean passAuthorization();

    /**
     * Anybody.
     *
     * @param passAuthorization whether the guest looks at credentials itself (Apache's {@code
     *     CGIPassAuth})
     */
    record Anybody(boolean passAuthorization) implements Access {}

    /**
     * The users of a password file, by Basic authentication (RFC 7617).
     *
     * @param realm what a browser shows; one line without control characters
     * @param users who may come in
     * @param passAuthorization whether the guest gets their passwords too
     */
    record Basic(String realm, PasswordFile users, boolean passAuthorization) implements Access {}

    /**
     * Clients with a bearer token (RFC 6750), which the guest verifies.
     *
     * @param realm as above
     */
    record Bearer(String realm) implements Access {
        @Override
        public boolean passAuthorization() {
            return true;
        }
    }
}
