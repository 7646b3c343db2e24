package dev.jetway.gateway;

import java.io.OutputStream;

/** Where the standard error of one route's guests goes. Safe to share between threads. */
@FunctionalInterface
public interface GuestLog {
    /**
     * A stream for one run; closed at its end. Writing never fails for the guest.
     *
     * @param request the id of the request
     */
    OutputStream open(String request);
}
