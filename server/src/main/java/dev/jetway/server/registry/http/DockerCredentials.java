package dev.jetway.server.registry.http;

import com.google.gson.JsonObject;
import dev.jetway.base.BoundedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Credentials in the file that {@code docker login} writes. Read at each question: it may have been
 * changed. Helper programs are never run: what only they have is refused by name.
 *
 * @param file that need not be there
 */
public record DockerCredentials(Path file) implements Credentials {
    /** Maximum bytes of the file. */
    static final int MAX_BYTES = 1 << 20;

    private static final String HUB = "docker.io";
    private static final List<String> HUB_NAMES =
            List.of("https://index.docker.io/v1/", "docker.io", "index.docker.io");

    @Override
    public Optional<Credential> of(String host) throws RegistryException {
        Optional<byte[]> content;
        try {
            content = BoundedFile.bytes(file, MAX_BYTES);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable("cannot be read: check its permissions");
        }
        byte[] bytes = content.orElseThrow(() -> unreadable("has more than 1 MiB"));
        return in(document(bytes), host.toLowerCase(Locale.ROOT));
    }

    private JsonObject document(byte[] bytes) throws RegistryException {
        try {
            return Json.object(bytes, "it");
        } catch (RegistryException e) {
            throw unreadable("is not JSON: see 'docker login'");
        }
    }

    private static RegistryException unreadable(String what) {
        return new RegistryException("the file of credentials " + what);
    }

    private Optional<Credential> in(JsonObject config, String host) throws RegistryException {
        Optional<JsonObject> auths = Json.child(config, "auths");
        for (String name : names(host)) {
            Optional<JsonObject> entry = auths.flatMap(a -> Json.child(a, name));
            Optional<String> auth = entry.flatMap(e -> Json.text(e, "auth"));
            if (entry.flatMap(e -> Json.text(e, "identitytoken")).isPresent()) {
                throw new RegistryException(
                        "the credentials of "
                                + host
                                + " are an identity token, which is not supported: log in with a"
                                + " user and a password, or an access token as the password");
            }
            if (auth.filter(a -> !a.isEmpty()).isPresent()) {
                return Optional.of(credential(auth.get(), host));
            }
        }
        rejectHelper(config, host);
        return Optional.empty();
    }

    private static void rejectHelper(JsonObject config, String host) throws RegistryException {
        Optional<JsonObject> helpers = Json.child(config, "credHelpers");
        for (String name : names(host)) {
            Optional<String> helper =
                    helpers.flatMap(h -> Json.text(h, name))
                            .or(() ->
                                    Json.child(config, "auths")
                                            .filter(a -> a.has(name))
                                            .flatMap(_ -> Json.text(config, "credsStore")));
            if (helper.isPresent()) {
                throw new RegistryException(
                        "the credentials of "
                                + host
                                + " are with the helper '"
                                + RegistryException.shown(helper.get())
                                + "', and no helper is run: name a file that has them in"
                                + " 'registry-credentials' (docker --config DIR login, without"
                                + " credsStore)");
            }
        }
    }

    /** The names of a host in the file, as Docker and others write them. */
    private static List<String> names(String host) {
        return host.equals(HUB)
                ? HUB_NAMES
                : List.of(
                        host,
                        "https://" + host,
                        "https://" + host + "/",
                        "https://" + host + "/v1/",
                        "https://" + host + "/v2/",
                        "http://" + host);
    }

    private static Credential credential(String auth, String host) throws RegistryException {
        try {
            String both = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            if (colon > 0) {
                // Docker's file may end a password with NUL bytes.
                return new Credential(
                        both.substring(0, colon), both.substring(colon + 1).replace("\0", ""));
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new RegistryException(
                "the credentials of " + host + " in the file are damaged: log in again");
    }
}
