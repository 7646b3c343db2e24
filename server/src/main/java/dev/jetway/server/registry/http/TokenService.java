package dev.jetway.server.registry.http;

import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identifies a session: by a password, or by a token that the service named by the registry gives
 * for it (Docker's token protocol). Used by one thread.
 */
final class TokenService {
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,16384}");
    private static final int OK = 200;

    private final Connections connections;
    private final Place home;
    private final Session.Access access;

    TokenService(Connections connections, Place home, Session.Access access) {
        this.connections = connections;
        this.home = home;
        this.access = access;
    }

    /** The value of {@code Authorization} that answers one of the challenges. */
    String authorization(List<String> challenges) throws RegistryException, InterruptedException {
        Challenge challenge =
                Challenge.best(challenges)
                        .orElseThrow(() ->
                                new RegistryException(
                                        access.host()
                                                + " wants credentials in a form that is not known"
                                                + " here (neither Basic nor Bearer)"));
        Optional<Credential> credential = access.credentials().of(access.host());
        if (challenge.scheme().equals(Challenge.BASIC)) {
            return credential
                    .map(Credential::basic)
                    .orElseThrow(() -> new RegistryException(Session.Access.wanted(access.host())));
        }
        return "Bearer " + token(address(challenge, credential.isPresent()), credential);
    }

    private String token(URI address, Optional<Credential> credential)
            throws RegistryException, InterruptedException {
        Ask ask = Ask.get(address, "application/json");
        if (credential.isPresent()) {
            ask = ask.with("Authorization", credential.get().basic());
        }
        try (Answer answer = connections.send(ask)) {
            if (answer.status() != OK) {
                throw new RegistryException(
                        "the token service "
                                + address.getHost()
                                + " gives no token: "
                                + answer.status()
                                + (credential.isPresent()
                                        ? ": look at the credentials of " + access.host()
                                        : ": " + Session.Access.wanted(access.host())));
            }
            JsonObject json =
                    Json.object(
                            answer.bytes(access.bounds().token(), "a token"),
                            "the answer of the token service");
            return Json.text(json, "token")
                    .or(() -> Json.text(json, "access_token"))
                    .filter(token -> TOKEN.matcher(token).matches())
                    .orElseThrow(() ->
                            new RegistryException(
                                    "the token service " + address.getHost() + " sends no token"));
        }
    }

    /** The address that gives the token; with a password it has TLS, or is the registry itself. */
    private URI address(Challenge challenge, boolean withPassword) throws RegistryException {
        String realm =
                challenge
                        .parameter("realm")
                        .orElseThrow(() -> new RegistryException("names no token service"));
        URI address = uri(realm);
        Place place = Place.of(address);
        boolean own = place.host().equals(home.host());
        if (!place.isTls() && (home.isTls() || (withPassword && !own))) {
            throw RegistryException.of(
                    "names a token service without TLS, which is refused", realm);
        }
        var query = new StringBuilder(realm.contains("?") ? "&" : "?");
        challenge
                .parameter("service")
                .ifPresent(
                        service -> query.append("service=").append(encoded(service)).append('&'));
        query.append("scope=").append(encoded(access.scope()));
        return uri(realm + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static URI uri(String text) throws RegistryException {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw RegistryException.of("names a token service that is no address", text);
        }
    }
}
