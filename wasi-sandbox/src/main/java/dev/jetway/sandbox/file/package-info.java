/** Files of a guest: a small file system behind descriptors, and the host's, confined. */
@NullMarked
package dev.jetway.sandbox.file;

import org.jspecify.annotations.NullMarked;
