package dev.jetway.server.registry;

import com.google.gson.JsonObject;
import dev.jetway.server.registry.http.Json;
import dev.jetway.server.registry.http.RegistryException;

/**
 * A content that a manifest names (OCI image specification, descriptor). Immutable.
 *
 * @param mediaType of the content
 * @param digest of the content
 * @param size bytes
 */
record Descriptor(String mediaType, Digest digest, long size) {
    static Descriptor of(JsonObject json, String thing) throws RegistryException {
        String type = Json.text(json, "mediaType").orElse("");
        long size = Json.count(json, "size").orElse(-1);
        if (type.isEmpty() || size < 0) {
            throw new RegistryException("has a manifest without the type or size of " + thing);
        }
        return new Descriptor(type, digest(json, thing), size);
    }

    private static Digest digest(JsonObject json, String thing) throws RegistryException {
        try {
            return Digest.parse(Json.text(json, "digest").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new RegistryException(
                    "has a manifest without a SHA-256 of " + thing + ": no other digest is taken");
        }
    }
}
