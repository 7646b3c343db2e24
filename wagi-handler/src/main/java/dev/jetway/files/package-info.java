/**
 * Files of a site's folder: look-up by path, names that are never served, cached contents. Knows no
 * HTTP beyond paths.
 */
@NullMarked
package dev.jetway.files;

import org.jspecify.annotations.NullMarked;
