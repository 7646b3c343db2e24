package dev.jetway.route;

/**
 * Answers every request with an error: what a site has in place of its routes while it may not or
 * cannot be served. Immutable; safe to share between threads.
 *
 * @param reason which error
 */
public record Refuse(Reason reason) implements Action {
    /** Why nothing is served. */
    public enum Reason {
        /** Nothing lies at these paths: 404. */
        NOTHING_HERE("nothing"),
        /** The provider has suspended the site: 503. */
        SUSPENDED("suspended"),
        /** The site's configuration has never been right since the server runs: 503. */
        BROKEN("broken");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The word in listings and logs. */
        public String label() {
            return label;
        }
    }

    /** Refused whatever the path is. */
    @Override
    public EncodedSlashes encodedSlashes() {
        return EncodedSlashes.PASS;
    }
}
