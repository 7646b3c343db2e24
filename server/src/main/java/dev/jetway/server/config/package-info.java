/** Converts files to records. The only package that knows Commons Configuration and TOML. */
@NullMarked
package dev.jetway.server.config;

import org.jspecify.annotations.NullMarked;
