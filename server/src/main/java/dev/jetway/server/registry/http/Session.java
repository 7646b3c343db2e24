package dev.jetway.server.registry.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.KeyStore;
import java.util.Optional;

/**
 * A conversation with one registry, or one server of files. Follows redirects, and identifies
 * itself once if it is asked to: credentials and tokens go to the registry, never to where it
 * redirects; credentials also to the token service that it names, which is Docker's protocol. Used
 * by one thread.
 */
public final class Session implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final String AUTHORIZATION = "Authorization";

    private final Place home;
    private final Access access;
    private final Connections connections;
    private final TokenService tokens;
    private Optional<String> authorization = Optional.empty();
    private boolean identified;

    private Session(Place home, Access access, Connections connections, TokenService tokens) {
        this.home = home;
        this.access = access;
        this.connections = connections;
        this.tokens = tokens;
    }

    /**
     * The rights of a session, and how it identifies itself. Immutable.
     *
     * @param host as the operator wrote it, for credentials and messages
     * @param plain whether the host may be spoken to without TLS
     * @param scope that a token is asked for
     * @param credentials of the operator
     * @param trusted authorities of certificates
     * @param bounds of the conversation
     */
    public record Access(
            String host,
            boolean plain,
            String scope,
            Credentials credentials,
            Optional<KeyStore> trusted,
            HttpBounds bounds) {
        /** The sentence for an operator whose credentials are missing. */
        static String wanted(String host) {
            return host
                    + " wants credentials: run 'docker login "
                    + host
                    + "', or name its file in 'registry-credentials'";
        }
    }

    /**
     * A session with the server of an address. If it may be spoken to without TLS, that is tried
     * where TLS fails.
     *
     * @param address {@code https://HOST[:PORT]/…}
     */
    public static Session open(URI address, Access access)
            throws RegistryException, InterruptedException {
        Place home = Place.of(address);
        if (!home.isTls() && !access.plain()) {
            throw new RegistryException(
                    "is not https: name the host in 'insecure-registries' to allow it");
        }
        var connections = new Connections(home.host(), access.bounds(), access.trusted());
        try {
            Place spoken =
                    home.isTls() && access.plain() && !speaksTls(address, connections)
                            ? Place.plain(address)
                            : home;
            var tokens = new TokenService(connections, spoken, access);
            return new Session(spoken, access, connections, tokens);
        } catch (RegistryException | InterruptedException | RuntimeException e) {
            connections.close();
            throw e;
        }
    }

    private static boolean speaksTls(URI address, Connections connections)
            throws RegistryException, InterruptedException {
        try (Answer answer = connections.attempt(Ask.head(address.resolve("/v2/"), "*/*"))) {
            return answer.status() > 0;
        } catch (IOException e) {
            if (Troubles.isUntrusted(e)) {
                throw connections.told(e, address.getHost());
            }
            return false;
        }
    }

    /** An address of the registry itself. */
    public URI at(String path) {
        return URI.create(home.scheme() + "://" + home.host() + ":" + home.port() + path);
    }

    /** Rejects an address at another machine, to which a content would be sent. */
    public void requireOwn(URI address) throws RegistryException {
        if (!Place.of(address).equals(home)) {
            throw RegistryException.of(
                    "wants the content at another machine, which is refused", address.toString());
        }
    }

    /** An address that the registry has named, relative to an address of its own. */
    public static URI resolve(URI base, String named) throws RegistryException {
        try {
            return base.resolve(new URI(named));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw RegistryException.of("leads to what is no address", named);
        }
    }

    /**
     * Sends a request, identified if need be. Redirects are followed only where nothing is changed.
     *
     * @return an answer of whatever status, but no redirect that was to be followed and no 401
     */
    public Answer send(Ask ask) throws RegistryException, InterruptedException {
        Ask next = ask;
        int redirects = 0;
        while (true) {
            boolean own = Place.of(next.target()).equals(home);
            Answer answer = connections.send(own ? identified(next) : next);
            if (answer.status() == UNAUTHORIZED && own && !identified) {
                identify(answer);
            } else if (answer.status() == UNAUTHORIZED) {
                answer.close();
                throw refused(own);
            } else if (ask.isSafe() && isRedirect(answer.status())) {
                answer.close();
                if (++redirects > access.bounds().redirects()) {
                    throw new RegistryException(
                            "redirects more than " + access.bounds().redirects() + " times");
                }
                next = next.at(redirect(next.target(), answer));
            } else {
                return answer;
            }
        }
    }

    private Ask identified(Ask ask) {
        return authorization.map(value -> ask.with(AUTHORIZATION, value)).orElse(ask);
    }

    private void identify(Answer answer) throws RegistryException, InterruptedException {
        answer.close();
        identified = true;
        authorization = Optional.of(tokens.authorization(answer.fields("WWW-Authenticate")));
    }

    private RegistryException refused(boolean own) throws RegistryException {
        if (!own) {
            return new RegistryException(
                    "is not given to us by the host that it redirects to: 401");
        }
        return new RegistryException(
                access.credentials().of(access.host()).isPresent()
                        ? "is not given to this user: " + access.host() + " refuses the credentials"
                        : Access.wanted(access.host()));
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private URI redirect(URI from, Answer answer) throws RegistryException {
        String location =
                answer.field("Location")
                        .orElseThrow(() -> new RegistryException("redirects to nowhere"));
        URI to = resolve(from, location);
        if (Place.of(from).isTls() && !Place.of(to).isTls()) {
            throw RegistryException.of("redirects from https to http, which is refused", location);
        }
        return to;
    }

    @Override
    public void close() {
        connections.close();
    }
}
