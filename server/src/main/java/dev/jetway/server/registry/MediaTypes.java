package dev.jetway.server.registry;

import java.util.Set;

/** Media types of manifests, configurations and layers. */
final class MediaTypes {
    /** A manifest of OCI. */
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    /** The configuration of a module (CNCF, Wasm OCI artifact layout). */
    static final String WASM_CONFIG = "application/vnd.wasm.config.v0+json";

    /** A module (the same layout). */
    static final String WASM = "application/wasm";

    /** An application of Spin: several modules, and files. */
    static final String SPIN_APPLICATION = "application/vnd.fermyon.spin.application.v1+config";

    private static final String DOCKER_MANIFEST =
            "application/vnd.docker.distribution.manifest.v2+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String DOCKER_LIST =
            "application/vnd.docker.distribution.manifest.list.v2+json";

    /** All manifests that are understood, for {@code Accept}. */
    static final String MANIFESTS =
            String.join(", ", MANIFEST, INDEX, DOCKER_MANIFEST, DOCKER_LIST);

    /**
     * Modules as layers: CNCF's, that of Wagi and of Spin, that of Solo.io and Istio, Krustlet's.
     */
    private static final Set<String> MODULES =
            Set.of(
                    WASM,
                    "application/vnd.wasm.content.layer.v1+wasm",
                    "application/vnd.module.wasm.content.layer.v1+wasm",
                    "application/vnd.wasm.layer.v1+wasm");

    private MediaTypes() {}

    static boolean isManifest(String type) {
        return type.equals(MANIFEST) || type.equals(DOCKER_MANIFEST);
    }

    static boolean isIndex(String type) {
        return type.equals(INDEX) || type.equals(DOCKER_LIST);
    }

    static boolean isModule(String type) {
        return MODULES.contains(type);
    }

    /** Whether it is a layer of a container image. */
    static boolean isContainer(String type) {
        return type.contains(".tar") || type.contains("rootfs");
    }
}
