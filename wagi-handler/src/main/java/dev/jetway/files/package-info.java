/**
 * Files of a site's folder: what a path names there, which names are never served, and the contents
 * that are kept in memory. Knows no HTTP beyond paths.
 */
@NullMarked
package dev.jetway.files;

import org.jspecify.annotations.NullMarked;
