package dev.jetway.route;

import dev.jetway.auth.PasswordFile;

/** The clients that may use a route, and the credentials that its guest sees. Immutable. */
public sealed interface Access {
    /** Any client; the guest sees no credentials. */
    Access OPEN = new Anybody(false);

    /** Whether the guest gets the Authorization field as {@code HTTP_AUTHORIZATION}. */
    boolean passAuthorization();

    /**
     * Any client.
     *
     * @param passAuthorization whether the guest checks credentials itself (Apache's {@code
     *     CGIPassAuth})
     */
    record Anybody(boolean passAuthorization) implements Access {}

    /**
     * The users of a password file, by Basic authentication (RFC 7617).
     *
     * @param realm text that browsers show; one line without control characters
     * @param users the users that are allowed
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
