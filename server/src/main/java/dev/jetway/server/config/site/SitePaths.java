package dev.jetway.server.config.site;

/** The folders and files in a site's folder, and their paths for guests. */
final class SitePaths {
    static final String FILE = "site.toml";
    static final String MODULES = "modules.toml";
    static final String PUBLIC = "public";
    static final String PUBLIC_HTML = "public_html";
    static final String CGI_BIN = "cgi-bin";
    static final String DATA = "data";
    static final String TMP = "tmp";
    static final String LOGS = "logs";

    static final String GUEST_HOME = "/home";
    static final String GUEST_PUBLIC = GUEST_HOME + "/public";
    static final String GUEST_DATA = GUEST_HOME + "/data";
    static final String GUEST_CGI_BIN = GUEST_HOME + "/cgi-bin";
    static final String GUEST_TMP = GUEST_HOME + "/tmp";
    static final String GUEST_LOGS = GUEST_HOME + "/logs";

    private SitePaths() {}
}
