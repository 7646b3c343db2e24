package dev.jetway.server.registry;

import dev.jetway.base.ByteSize;
import dev.jetway.base.OneLine;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.server.registry.http.Answer;
import dev.jetway.server.registry.http.Ask;
import dev.jetway.server.registry.http.RegistryException;
import dev.jetway.server.registry.http.Session;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Transfers modules from other machines; each digest is verified. Immutable; safe to share between
 * threads.
 *
 * @param settings of the operator
 * @param clock of records
 */
public record Puller(RegistrySettings settings, InstantSource clock) {
    private static final int OK = 200;
    private static final String DIGEST_FIELD = "Docker-Content-Digest";

    /**
     * A pulled module.
     *
     * @param record of it
     * @param content of it
     */
    public record Pulled(PullRecord record, ModuleBytes content) {}

    /** A manifest with its configuration. */
    record Described(Manifest manifest, String configuration) {}

    /**
     * Transfers a module and keeps it.
     *
     * @param limit bytes of the module
     */
    public Pulled pull(RemotePlace place, ByteSize limit)
            throws RegistryException, InterruptedException {
        return pull(place, place, limit);
    }

    /**
     * Transfers a module from a place and keeps it for another.
     *
     * @param from the content that is meant, for example by its digest
     * @param place that is recorded
     */
    Pulled pull(RemotePlace from, RemotePlace place, ByteSize limit)
            throws RegistryException, InterruptedException {
        PullCache cache = cache();
        Content content =
                switch (from) {
                    case OciPlace oci -> pull(oci, limit);
                    case FilePlace file -> pull(file, limit);
                };
        var record =
                new PullRecord(
                        place.toString(),
                        content.manifest(),
                        new Digest(content.module().digest()),
                        content.module().bytes().length,
                        clock.instant());
        cache.keep(record, place, content.module().bytes());
        return new Pulled(record, content.module());
    }

    /** The folder that keeps modules. */
    PullCache cache() throws RegistryException {
        return new PullCache(
                settings.cache()
                        .orElseThrow(() ->
                                new RegistryException(
                                        "cannot be pulled: there is no folder to keep it in: name"
                                                + " one in 'registry-cache'")),
                settings.cacheSize());
    }

    private record Content(Optional<Digest> manifest, ModuleBytes module) {}

    private Content pull(OciPlace place, ByteSize limit)
            throws RegistryException, InterruptedException {
        try (Session session = session(place)) {
            Manifest manifest = describe(session, place).manifest();
            return new Content(
                    Optional.of(manifest.digest()),
                    new ModuleBytes(blob(session, place, manifest.module(), limit.bytes())));
        }
    }

    private Content pull(FilePlace place, ByteSize limit)
            throws RegistryException, InterruptedException {
        try (Session session = settings.session(place, "");
                Answer answer = session.send(Ask.get(place.address(), "*/*"))) {
            requireOk(answer.status());
            byte[] bytes = answer.bytes(Math.toIntExact(limit.bytes()), "a module");
            requireDigest(place.digest(), bytes, "the file");
            return new Content(Optional.empty(), new ModuleBytes(bytes));
        }
    }

    private Session session(OciPlace place) throws RegistryException, InterruptedException {
        return settings.session(place, "repository:" + place.repository() + ":pull");
    }

    /** The manifest that a registry has now, and its configuration. */
    Described describe(OciPlace place) throws RegistryException, InterruptedException {
        try (Session session = session(place)) {
            return describe(session, place);
        }
    }

    /** Looks up what a registry says of a module now. */
    public Inspection inspect(OciPlace place) throws RegistryException, InterruptedException {
        Described found = describe(place);
        Manifest manifest = found.manifest();
        return new Inspection(
                manifest.digest(),
                manifest.mediaType(),
                manifest.config().mediaType(),
                OneLine.of(found.configuration()),
                manifest.module().digest(),
                manifest.module().mediaType(),
                manifest.module().size());
    }

    private static Described describe(Session session, OciPlace place)
            throws RegistryException, InterruptedException {
        Manifest manifest = manifest(session, place);
        byte[] configuration = blob(session, place, manifest.config(), Manifest.MAX_CONFIG);
        manifest.check(configuration);
        return new Described(manifest, new String(configuration, StandardCharsets.UTF_8));
    }

    private static Manifest manifest(Session session, OciPlace place)
            throws RegistryException, InterruptedException {
        Document found = document(session, place, place.manifest(), place.digest());
        if (MediaTypes.isIndex(found.type())) {
            Descriptor chosen = Manifest.choose(found.bytes(), found.type());
            found =
                    document(
                            session,
                            place,
                            chosen.digest().toString(),
                            Optional.of(chosen.digest()));
        }
        return Manifest.read(found.bytes(), found.type());
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
    private record Document(byte[] bytes, String type) {}

    private static Document document(
            Session session, OciPlace place, String name, Optional<Digest> digest)
            throws RegistryException, InterruptedException {
        String path = "/v2/" + place.repository() + "/manifests/" + name;
        try (Answer answer = session.send(Ask.get(session.at(path), MediaTypes.MANIFESTS))) {
            requireOk(answer.status());
            byte[] bytes = answer.bytes(Manifest.MAX_BYTES, "a manifest");
            if (digest.isPresent()) {
                requireDigest(digest.get(), bytes, "the manifest");
            }
            Optional<String> told =
                    answer.field(DIGEST_FIELD).filter(d -> d.startsWith(Digest.PREFIX));
            if (told.filter(d -> !d.equals(Digest.of(bytes).toString())).isPresent()) {
                throw new RegistryException(
                        "has another manifest than the registry says (" + DIGEST_FIELD + ")");
            }
            return new Document(bytes, Manifest.type(bytes, answer.mediaType()));
        }
    }

    private static byte[] blob(Session session, OciPlace place, Descriptor wanted, long limit)
            throws RegistryException, InterruptedException {
        if (wanted.size() > limit) {
            throw new RegistryException(
                    "is larger than " + new ByteSize(limit) + ", the limit for a module");
        }
        String path = "/v2/" + place.repository() + "/blobs/" + wanted.digest();
        try (Answer answer = session.send(Ask.get(session.at(path), "*/*"))) {
            requireOk(answer.status());
            if (answer.length().orElse(wanted.size()) != wanted.size()) {
                throw new RegistryException("has another size than its manifest says");
            }
            byte[] bytes = answer.bytes(Math.toIntExact(wanted.size()), "a content");
            if (bytes.length != wanted.size()) {
                throw new RegistryException("has another size than its manifest says");
            }
            requireDigest(wanted.digest(), bytes, "the content");
            return bytes;
        }
    }

    private static void requireDigest(Digest wanted, byte[] bytes, String thing)
            throws RegistryException {
        Digest found = Digest.of(bytes);
        if (!found.equals(wanted)) {
            throw new RegistryException(
                    thing + " that was sent has not the digest " + wanted + " but " + found);
        }
    }

    static void requireOk(int status) throws RegistryException {
        if (status != OK) {
            throw new RegistryException(
                    switch (status) {
                        case 403 -> "is not given to this user (403)";
                        case 404 -> "is not there (404): check the name and the tag";
                        case 429 -> "is asked for too often (429): try again later";
                        default -> "is answered " + status + " instead of 200";
                    });
        }
    }

    /** The digest of the manifest that the registry has for a tag now. */
    Digest look(OciPlace place) throws RegistryException, InterruptedException {
        try (Session session = session(place)) {
            return manifest(session, place).digest();
        }
    }
}
