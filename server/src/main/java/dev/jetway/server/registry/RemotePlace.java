package dev.jetway.server.registry;

import java.net.URI;

/** A place on another machine that has a module. Its text is what an operator may write. */
public sealed interface RemotePlace permits OciPlace, FilePlace {
    /** The scheme of registries. */
    String OCI = "oci";

    /**
     * Reads a reference: {@code oci://HOST/NAME[:TAG][@DIGEST]}, {@code oci:NAME[:TAG][@DIGEST]},
     * or {@code https://HOST/PATH@DIGEST}.
     *
     * @throws IllegalArgumentException with the reason
     */
    static RemotePlace parse(String text) {
        return text.regionMatches(true, 0, OCI + ":", 0, OCI.length() + 1)
                ? OciPlace.parse(text)
                : FilePlace.parse(text);
    }

    /** Whether a scheme is one of these references. */
    static boolean has(String scheme) {
        return scheme.equalsIgnoreCase(OCI)
                || scheme.equalsIgnoreCase("https")
                || scheme.equalsIgnoreCase("http");
    }

    /** The machine as the operator wrote it, {@code HOST[:PORT]}. */
    String host();

    /** The last part of the name. */
    String name();

    /** An address at the machine. */
    URI address();
}
