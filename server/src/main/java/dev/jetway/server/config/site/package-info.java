/** Sites that are folders: what a provider says of them, and what lies in them, to routes. */
@NullMarked
package dev.jetway.server.config.site;

import org.jspecify.annotations.NullMarked;
