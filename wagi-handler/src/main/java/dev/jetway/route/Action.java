package dev.jetway.route;

/** How a route answers. A new kind is one record here, its reader and its handler. */
public sealed interface Action permits RunModule, RunScript, ServeFolder, Action.Refuse {
    /** What the route makes of encoded slashes in a path. */
    EncodedSlashes encodedSlashes();

    /**
     * Answers every request with an error: what a site has in place of its routes while it may not
     * or cannot be served. Immutable; safe to share between threads.
     *
     * @param reason which error
     */
    record Refuse(Reason reason) implements Action {
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
}
