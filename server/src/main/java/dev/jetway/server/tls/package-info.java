/** Certificates and their keys. */
@NullMarked
package dev.jetway.server.tls;

import org.jspecify.annotations.NullMarked;
