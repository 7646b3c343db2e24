/** Reads {@code spin.toml}: applications of Spin whose components are Wagi programs, as routes. */
@NullMarked
package dev.jetway.server.config.spin;

import org.jspecify.annotations.NullMarked;
