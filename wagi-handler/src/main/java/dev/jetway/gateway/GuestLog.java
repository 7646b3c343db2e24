package dev.jetway.gateway;

import java.io.OutputStream;

/** The destination of the standard error of one route's guests. Safe to share between threads. */
@FunctionalInterface
public interface GuestLog {
    /**
     * A stream for one run, closed after it. Writes never fail for the guest.
     *
     * @param request the id of the request
     */
    OutputStream open(String request);
}
