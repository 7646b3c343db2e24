package dev.jetway.failure;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A limit that a request can hit, as metrics and logs name it. */
public enum Limit {
    /** Time of one run. */
    TIME("time"),
    /** Processor time of one run. */
    CPU_TIME("cpu-time"),
    /** Linear memory of one run. */
    MEMORY("memory"),
    /** Linear memory of all guests of a site. */
    SITE_MEMORY("site-memory"),
    /** Linear memory of all guests. */
    GUEST_MEMORY("guest-memory"),
    /** The heap of the host. */
    HOST_MEMORY("host-memory"),
    /** Bytes on standard error. */
    STDERR("stderr"),
    /** Bytes of a run's directory in memory. */
    SCRATCH("scratch"),
    /** Open descriptors of one run. */
    DESCRIPTORS("descriptors"),
    /** Entries of a directory that a guest may list. */
    DIRECTORY_ENTRIES("directory-entries"),
    /** Bytes of a path. */
    PATH_LENGTH("path-length"),
    /** Bytes in a site's volumes. */
    VOLUME_BYTES("volume-bytes"),
    /** Files in a site's volumes. */
    VOLUME_FILES("volume-files"),
    /** Bytes of a request's body. */
    REQUEST_BODY("request-body"),
    /** Bytes of a response's body. */
    RESPONSE_BODY("response-body"),
    /** Time without data from a client. */
    IDLE_TIMEOUT("idle-timeout"),
    /** Guests that run at once. */
    GUEST_SLOTS("guest-slots"),
    /** Requests that wait for a guest slot. */
    GUEST_QUEUE("guest-queue"),
    /** Waiting requests of a route. */
    ROUTE_WAITING("route-waiting"),
    /** Waiting requests of a site. */
    SITE_WAITING("site-waiting"),
    /** Time that a request waits for a guest slot. */
    ADMISSION_WAIT("admission-wait"),
    /** Guests that wait for their clients. */
    PARKED_GUESTS("parked-guests"),
    /** Long-running guests. */
    LONG_RUNNING_GUESTS("long-running-guests"),
    /** Requests of a route in a period. */
    ROUTE_RATE("route-rate"),
    /** Requests of a site in a period. */
    SITE_RATE("site-rate"),
    /** Passwords that wait to be verified. */
    PASSWORDS("passwords"),
    /** Time that a request waits for its module. */
    COMPILE_WAIT("compile-wait"),
    /** The pause before a module that failed to load is tried again. */
    MODULE_RETRY("module-retry");

    private static final Map<String, Limit> BY_LABEL =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Limit::label, Function.identity()));

    private final String label;

    Limit(String label) {
        this.label = label;
    }

    /** The limit of a name, as the sandbox reports it; empty if there is none. */
    public static Optional<Limit> labelled(String label) {
        return Optional.ofNullable(BY_LABEL.get(label));
    }

    /** The name in metrics and logs. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
