package dev.jetway.server.registry;

import dev.jetway.server.registry.http.Answer;
import dev.jetway.server.registry.http.Ask;
import dev.jetway.server.registry.http.RegistryException;
import dev.jetway.server.registry.http.Session;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sends modules to registries, in the layout that the CNCF's guidance gives. The same module under
 * the same name makes the same manifest. Immutable; safe to share between threads.
 *
 * @param settings of the operator
 */
public record Pusher(RegistrySettings settings) {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final String OCTETS = "application/octet-stream";

    /**
     * A pushed module.
     *
     * @param manifest its digest
     * @param module its digest
     */
    public record Pushed(Digest manifest, Digest module) {}

    /**
     * Sends a module.
     *
     * @param title the name of its file
     * @param module a binary, not to be changed
     */
    public Pushed push(String title, byte[] module, OciPlace place)
            throws RegistryException, InterruptedException {
        if (place.digest().isPresent()) {
            throw new RegistryException("has a digest, which nobody can choose: name a tag only");
        }
        byte[] configuration = configuration(Digest.of(module));
        byte[] manifest = manifest(title, configuration, module);
        try (Session session =
                settings.session(place, "repository:" + place.repository() + ":pull,push")) {
            upload(session, place, module);
            upload(session, place, configuration);
            URI target = session.at("/v2/" + place.repository() + "/manifests/" + place.manifest());
            try (Answer answer =
                    session.send(Ask.send("PUT", target, MediaTypes.MANIFEST, manifest))) {
                require(CREATED, answer, "the manifest");
            }
        }
        Digest now = new Puller(settings, InstantSource.system()).look(place);
        if (!now.equals(Digest.of(manifest))) {
            throw new RegistryException("has another manifest now than was sent: " + now);
        }
        return new Pushed(now, Digest.of(module));
    }

    private static void upload(Session session, OciPlace place, byte[] content)
            throws RegistryException, InterruptedException {
        String blobs = "/v2/" + place.repository() + "/blobs/";
        Digest digest = Digest.of(content);
        try (Answer there = session.send(Ask.head(session.at(blobs + digest), "*/*"))) {
            if (there.status() == OK) {
                return;
            }
        }
        URI start = session.at(blobs + "uploads/");
        String location;
        try (Answer answer = session.send(Ask.send("POST", start, OCTETS, new byte[0]))) {
            require(ACCEPTED, answer, "an upload");
            location =
                    answer.field("Location")
                            .orElseThrow(
                                    () -> new RegistryException("has no place for the upload"));
        }
        URI target = Session.resolve(start, location);
        session.requireOwn(target);
        String more = target.getRawQuery() == null ? "?" : "&";
        URI whole = URI.create(target + more + "digest=" + digest);
        try (Answer answer = session.send(Ask.send("PUT", whole, OCTETS, content))) {
            require(CREATED, answer, "a content");
        }
    }

    private static void require(int wanted, Answer answer, String thing) throws RegistryException {
        int status = answer.status();
        if (status != wanted) {
            throw new RegistryException(
                    switch (status) {
                        case 403 -> "may not be written by this user (403)";
                        case 404 -> "is not taken (404): the registry has no such repository";
                        case 413 -> "is not taken (413): too large for the registry";
                        default ->
                                "is not taken: the registry answers "
                                        + thing
                                        + " with "
                                        + status
                                        + " instead of "
                                        + wanted;
                    });
        }
    }

    private static byte[] configuration(Digest module) {
        return """
        {"architecture":"wasm","os":"wasip1","layerDigests":["%s"]}\
        """
                .formatted(module)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] manifest(String title, byte[] configuration, byte[] module) {
        return """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}\
        """
                .formatted(
                        MediaTypes.MANIFEST,
                        descriptor(MediaTypes.WASM_CONFIG, configuration, Optional.empty()),
                        descriptor(MediaTypes.WASM, module, Optional.of(title)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String descriptor(String type, byte[] content, Optional<String> title) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
                .formatted(
                        type,
                        Digest.of(content),
                        content.length,
                        title.map(t ->
                                        ",\"annotations\":{\"org.opencontainers.image.title\":\"%s\"}"
                                                .formatted(t.replaceAll("[^A-Za-z0-9._-]", "_")))
                                .orElse(""));
    }
}
