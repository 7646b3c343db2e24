package dev.jetway.server.registry;

import com.google.gson.JsonObject;
import dev.jetway.server.registry.http.Json;
import dev.jetway.server.registry.http.RegistryException;
import java.util.List;

/**
 * A manifest with one module (OCI image specification). Immutable.
 *
 * @param digest of the manifest itself
 * @param mediaType of the manifest
 * @param config its configuration
 * @param module its only layer
 */
record Manifest(Digest digest, String mediaType, Descriptor config, Descriptor module) {
    /** Maximum bytes of a manifest, that which registries must take. */
    static final int MAX_BYTES = 4 << 20;

    /** Maximum bytes of a configuration. */
    static final int MAX_CONFIG = 1 << 20;

    /** Maximum manifests of an index. */
    static final int MAX_ENTRIES = 100;

    /**
     * Reads a manifest.
     *
     * @param type its media type
     */
    static Manifest read(byte[] bytes, String type) throws RegistryException {
        JsonObject json = document(bytes, type);
        if (!MediaTypes.isManifest(type)) {
            throw RegistryException.of("has a manifest of a type that is not known here", type);
        }
        Descriptor config =
                Descriptor.of(
                        Json.child(json, "config")
                                .orElseThrow(() ->
                                        new RegistryException(
                                                "has a manifest without a configuration")),
                        "its configuration");
        if (config.mediaType().equals(MediaTypes.SPIN_APPLICATION)) {
            throw new RegistryException(
                    "is an application of Spin, not a module: serve its spin.toml (docs/spin.md)");
        }
        if (config.size() > MAX_CONFIG) {
            throw new RegistryException(
                    "has a configuration of more than " + MAX_CONFIG + " bytes: refused");
        }
        return new Manifest(Digest.of(bytes), type, config, module(json));
    }

    private static Descriptor module(JsonObject json) throws RegistryException {
        List<JsonObject> layers =
                Json.children(json, "layers")
                        .orElseThrow(() -> new RegistryException("has a manifest without layers"));
        if (layers.size() != 1) {
            throw new RegistryException(
                    "has " + layers.size() + " layers: a module is exactly one");
        }
        Descriptor layer = Descriptor.of(layers.getFirst(), "its layer");
        if (MediaTypes.isModule(layer.mediaType())) {
            return layer;
        }
        throw MediaTypes.isContainer(layer.mediaType())
                ? new RegistryException(
                        "is a container image, not a module: push the module with 'jetway push'")
                : RegistryException.of(
                        "has a layer of a type that is no module's (" + MediaTypes.WASM + ")",
                        layer.mediaType());
    }

    /**
     * The manifest of an index that is for this server.
     *
     * @param type of the index
     */
    static Descriptor choose(byte[] bytes, String type) throws RegistryException {
        List<JsonObject> all =
                Json.children(document(bytes, type), "manifests")
                        .orElseThrow(() -> new RegistryException("has an index without manifests"));
        if (all.size() > MAX_ENTRIES) {
            throw new RegistryException(
                    "has an index of more than " + MAX_ENTRIES + " manifests: refused");
        }
        List<JsonObject> fitting = all.stream().filter(Manifest::isWasi).toList();
        List<JsonObject> chosen = fitting.isEmpty() && all.size() == 1 ? all : fitting;
        if (chosen.size() != 1) {
            throw new RegistryException(
                    "has an index of "
                            + all.size()
                            + " manifests, "
                            + (chosen.isEmpty() ? "none" : "several")
                            + " of them for wasm and wasip1: name one by its digest");
        }
        Descriptor found = Descriptor.of(chosen.getFirst(), "a manifest");
        if (found.size() > MAX_BYTES) {
            throw new RegistryException(
                    "has a manifest of more than " + MAX_BYTES + " bytes: refused");
        }
        return found;
    }

    private static boolean isWasi(JsonObject entry) {
        return Json.child(entry, "platform")
                .filter(p ->
                        Json.text(p, "architecture").orElse("").startsWith("wasm")
                                && List.of("wasip1", "wasi", "")
                                        .contains(Json.text(p, "os").orElse("")))
                .isPresent();
    }

    /** The type of a manifest: the answer's, or its own if the answer has none. */
    static String type(byte[] bytes, String answered) throws RegistryException {
        return answered.isEmpty()
                ? Json.text(Json.object(bytes, "its manifest"), "mediaType").orElse("")
                : answered;
    }

    /** The document, whose own type must be that of the answer: it must mean one thing only. */
    private static JsonObject document(byte[] bytes, String type) throws RegistryException {
        JsonObject json = Json.object(bytes, "its manifest");
        if (Json.text(json, "mediaType").filter(own -> !own.equals(type)).isPresent()) {
            throw RegistryException.of(
                    "has a manifest that calls itself another type than the registry does ("
                            + RegistryException.shown(type)
                            + ")",
                    Json.text(json, "mediaType").orElse(""));
        }
        if (Json.count(json, "schemaVersion").orElse(0) != 2) {
            throw new RegistryException("has a manifest of another version than 2");
        }
        return json;
    }

    /** Rejects a configuration that is for another kind of program. */
    void check(byte[] configuration) throws RegistryException {
        if (!config.mediaType().equals(MediaTypes.WASM_CONFIG)) {
            return;
        }
        JsonObject json = Json.object(configuration, "its configuration");
        if (Json.text(json, "os").filter("wasip2"::equals).isPresent()) {
            throw new RegistryException(
                    "is a component (wasip2), not a core module: build it for wasm32-wasip1");
        }
    }
}
