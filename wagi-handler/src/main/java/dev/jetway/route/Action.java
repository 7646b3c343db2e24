package dev.jetway.route;

/** The way in which a route answers. A new kind is one record, its reader and its handler. */
public sealed interface Action permits RunModule, RunScript, ServeFolder, Action.Refuse {
    /** The route's handling of encoded slashes in a path. */
    EncodedSlashes encodedSlashes();

    /**
     * Answers every request with an error, in place of a site's routes while the site may not or
     * cannot be served. Immutable; safe to share between threads.
     *
     * @param reason for the error
     */
    record Refuse(Reason reason) implements Action {
        /** The reasons to serve nothing. */
        public enum Reason {
            /** There is nothing at these paths: 404. */
            NOTHING_HERE("nothing"),
            /** The provider has suspended the site: 503. */
            SUSPENDED("suspended"),
            /** The site's configuration has been invalid since the start of the server: 503. */
            BROKEN("broken"),
            /** The operating system lacks what the route needs: 503. */
            NOT_OFFERED("not offered on this system");

            private final String label;

            Reason(String label) {
                this.label = label;
            }

            /** The reason in listings and logs. */
            public String label() {
                return label;
            }
        }

        /** Refused like every other path. */
        @Override
        public EncodedSlashes encodedSlashes() {
            return EncodedSlashes.PASS;
        }
    }
}
