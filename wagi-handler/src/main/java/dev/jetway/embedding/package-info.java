/**
 * Programs for servers of others: routes and their modules as data, which a handler, a servlet or a
 * filter serves. The public interface of Jetway; all types here are part of it.
 */
@NullMarked
package dev.jetway.embedding;

import org.jspecify.annotations.NullMarked;
