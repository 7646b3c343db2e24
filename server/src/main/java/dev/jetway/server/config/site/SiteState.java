package dev.jetway.server.config.site;

/** The state of a site. */
public enum SiteState {
    /** Served from its folder. */
    SERVED("served"),
    /** Served from its last good content: the folder has errors. */
    KEPT("broken, served as before"),
    /** The folder has had errors since the start of the server: 503. */
    BROKEN("broken"),
    /** Suspended by the provider: 503. */
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
