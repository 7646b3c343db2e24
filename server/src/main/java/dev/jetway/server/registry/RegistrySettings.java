package dev.jetway.server.registry;

import dev.jetway.base.ByteSize;
import dev.jetway.server.registry.http.Credentials;
import dev.jetway.server.registry.http.DockerCredentials;
import dev.jetway.server.registry.http.HttpBounds;
import dev.jetway.server.registry.http.RegistryException;
import dev.jetway.server.registry.http.Session;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of modules that other machines have. Immutable.
 *
 * @param cache the folder that keeps pulled modules; without it none can be pulled
 * @param cacheSize bytes of all modules in the folder
 * @param credentials the file of {@code docker login}
 * @param insecure machines that may be spoken to without TLS, beside this one
 * @param authority the file of a certificate authority beside those of the JDK
 * @param movedTags the answer to a tag that has moved
 * @param time that pulling one module may take
 */
public record RegistrySettings(
        Optional<Path> cache,
        ByteSize cacheSize,
        Optional<Path> credentials,
        Set<String> insecure,
        Optional<Path> authority,
        MovedTags movedTags,
        Duration time) {
    /** The default of {@link #cacheSize()}. */
    public static final ByteSize CACHE_SIZE = ByteSize.ofMebibytes(4096);

    /** The default of {@link #time()}. */
    public static final Duration TIME = HttpBounds.DEFAULT.time();

    /** Without a folder, credentials and exceptions. */
    public static final RegistrySettings DEFAULT =
            new RegistrySettings(
                    Optional.empty(),
                    CACHE_SIZE,
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    MovedTags.FOLLOW,
                    TIME);

    /** Copies the set. */
    public RegistrySettings {
        insecure = Set.copyOf(insecure);
    }

    /** A conversation with the machine that a place is on. */
    Session session(RemotePlace place, String scope)
            throws RegistryException, InterruptedException {
        Optional<KeyStore> trusted =
                authority.isPresent()
                        ? Optional.of(Authorities.with(authority.get()))
                        : Optional.empty();
        Credentials known =
                credentials.<Credentials>map(DockerCredentials::new).orElse(_ -> Optional.empty());
        return Session.open(
                place.address(),
                new Session.Access(
                        place.host(),
                        mayBePlain(place),
                        scope,
                        place instanceof OciPlace ? known : _ -> Optional.empty(),
                        trusted,
                        HttpBounds.DEFAULT.within(time)));
    }

    /** Whether TLS may be left out: never where the operator wrote https. */
    private boolean mayBePlain(RemotePlace place) {
        boolean named = HostName.isLoopback(place.host()) || insecure.contains(place.host());
        return switch (place) {
            case OciPlace _ -> named;
            case FilePlace file -> named && "http".equalsIgnoreCase(file.address().getScheme());
        };
    }
}
