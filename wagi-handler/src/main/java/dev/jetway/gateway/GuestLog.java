package dev.jetway.gateway;

import dev.jetway.route.Route;
import java.io.OutputStream;

/** Where the standard error of guests goes. Safe to share between threads. */
public interface GuestLog {
    /** A stream for one run; closed at its end. Writing never fails for the guest. */
    OutputStream open(Route route);
}
