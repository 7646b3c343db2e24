package dev.jetway.server.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A module that a web server has as a file. Immutable.
 *
 * @param address of the file
 * @param digest of its content
 */
public record FilePlace(URI address, Digest digest) implements RemotePlace {
    /** Maximum characters of the address. */
    static final int MAX_LENGTH = 2048;

    /**
     * Reads {@code https://HOST/PATH@sha256:…}.
     *
     * @throws IllegalArgumentException with the reason
     */
    static FilePlace parse(String text) {
        int at = text.lastIndexOf("@" + Digest.PREFIX);
        if (at < 0) {
            throw new IllegalArgumentException(
                    "a module from the web needs its digest at the end: "
                            + text
                            + "@sha256:… (sha256sum prints it)");
        }
        return of(text.substring(0, at), Digest.parse(text.substring(at + 1)));
    }

    /**
     * The file at an address.
     *
     * @throws IllegalArgumentException with the reason
     */
    public static FilePlace of(String address, Digest digest) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + address + "' is not an address", e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "'" + address + "' is not an address like https://host.example/name.wasm");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "an address has neither a user nor a fragment (#) here");
        }
        if (address.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the address has more than " + MAX_LENGTH + " characters");
        }
        HostName.checked(uri.getRawAuthority());
        return new FilePlace(uri, digest);
    }

    @Override
    public String host() {
        return address.getRawAuthority().toLowerCase(Locale.ROOT);
    }

    @Override
    public String name() {
        String path = address.getPath() == null ? "" : address.getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return last.isEmpty() ? address.getHost() : last;
    }

    @Override
    public String toString() {
        return address + "@" + digest;
    }
}
