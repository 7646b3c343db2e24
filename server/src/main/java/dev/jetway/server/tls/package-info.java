/** Certificates and keys from PEM files. */
@NullMarked
package dev.jetway.server.tls;

import org.jspecify.annotations.NullMarked;
