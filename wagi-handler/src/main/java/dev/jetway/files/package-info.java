/**
 * Files of a site's folder: look-up by path, names that are never served, cached contents. Knows no
 * HTTP beyond paths.
 */
@Internal
@NullMarked
package dev.jetway.files;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
