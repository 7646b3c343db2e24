package dev.jetway.server.config.site;

/** How it stands with a site. */
public enum SiteState {
    /** It is served as its folder says. */
    SERVED("served"),
    /** Its folder holds errors: it is served as it was before. */
    KEPT("broken, served as before"),
    /** Its folder has held errors since the server runs: 503. */
    BROKEN("broken"),
    /** The provider has suspended it: 503. */
    SUSPENDED("suspended");

    private final String label;

    SiteState(String label) {
        this.label = label;
    }

    @Override
    public String toString() {
        return label;
    }
}
