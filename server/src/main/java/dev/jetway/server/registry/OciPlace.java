package dev.jetway.server.registry;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A module in an OCI registry. Immutable.
 *
 * @param host of the registry, {@code HOST[:PORT]} in small letters
 * @param repository its name there
 * @param tag that may be moved to another content
 * @param digest of the manifest, which wins over the tag
 */
public record OciPlace(
        String host, String repository, Optional<String> tag, Optional<Digest> digest)
        implements RemotePlace {
    /** Maximum characters of a repository (OCI distribution: hosts and names together). */
    static final int MAX_REPOSITORY = 255;

    private static final String DEFAULT_TAG = "latest";
    private static final String HUB = "docker.io";
    private static final Pattern PART =
            Pattern.compile("[a-z0-9]++(?:(?:\\.|__|_|-++)[a-z0-9]++)*+");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /**
     * Reads {@code oci://HOST/NAME[:TAG][@DIGEST]}, or {@code oci:NAME…}, whose first part is the
     * host if it looks like one, as Wagi and Docker do; else Docker's own registry is meant.
     *
     * @throws IllegalArgumentException with the reason
     */
    static OciPlace parse(String text) {
        String rest = text.substring(text.indexOf(':') + 1);
        int at = rest.indexOf('@');
        Optional<Digest> digest =
                at < 0 ? Optional.empty() : Optional.of(Digest.parse(rest.substring(at + 1)));
        String named = at < 0 ? rest : rest.substring(0, at);
        if (named.startsWith("//")) {
            return of(named.substring(2), true, digest);
        }
        return of(named.replaceFirst("^/+", ""), false, digest);
    }

    private static OciPlace of(String named, boolean withHost, Optional<Digest> digest) {
        int slash = named.indexOf('/');
        String first = slash < 0 ? "" : named.substring(0, slash);
        boolean host = withHost || looksLikeHost(first);
        if (host && slash < 0) {
            throw new IllegalArgumentException("names no repository: write oci://HOST/NAME:TAG");
        }
        String name = host ? named.substring(slash + 1) : named;
        int colon = name.lastIndexOf(':');
        Optional<String> tag =
                colon < 0 ? Optional.empty() : Optional.of(name.substring(colon + 1));
        String repository = colon < 0 ? name : name.substring(0, colon);
        boolean standard = tag.isEmpty() && digest.isEmpty();
        return of(
                host ? HostName.checked(first) : HUB,
                repository,
                standard ? Optional.of(DEFAULT_TAG) : tag,
                digest);
    }

    private static OciPlace of(
            String host, String repository, Optional<String> tag, Optional<Digest> digest) {
        boolean hub = host.equals(HUB) || host.equals("index." + HUB);
        String full = hub && repository.indexOf('/') < 0 ? "library/" + repository : repository;
        if (full.length() > MAX_REPOSITORY) {
            throw new IllegalArgumentException(
                    "the name has more than " + MAX_REPOSITORY + " characters");
        }
        for (String part : full.split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                throw new IllegalArgumentException(
                        "'"
                                + repository
                                + "' is not the name of a repository: small letters and digits, with"
                                + " '.', '_' or '-' between them, and slashes");
            }
        }
        tag.filter(t -> !TAG.matcher(t).matches())
                .ifPresent(t -> {
                    throw new IllegalArgumentException(
                            "'" + t + "' is not a tag: 1 to 128 letters, digits, '.', '_' and '-'");
                });
        return new OciPlace(hub ? HUB : host, full, tag, digest);
    }

    private static boolean looksLikeHost(String part) {
        return part.indexOf('.') >= 0 || part.indexOf(':') >= 0 || part.equals("localhost");
    }

    @Override
    public String name() {
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    @Override
    public URI address() {
        return URI.create("https://" + (host.equals(HUB) ? "registry-1." + HUB : host) + "/");
    }

    /** The part of an address that names the manifest: its digest, else its tag. */
    String manifest() {
        return digest.map(Digest::toString).or(() -> tag).orElse(DEFAULT_TAG);
    }

    /** The place by the digest of its manifest. */
    OciPlace at(Digest manifest) {
        return new OciPlace(host, repository, tag, Optional.of(manifest));
    }

    @Override
    public String toString() {
        return OCI
                + "://"
                + host
                + "/"
                + repository
                + tag.map(t -> ":" + t).orElse("")
                + digest.map(d -> "@" + d).orElse("");
    }
}
