/** Converts sites that are folders to routes: the provider's settings and the folders' contents. */
@NullMarked
package dev.jetway.server.config.site;

import org.jspecify.annotations.NullMarked;
