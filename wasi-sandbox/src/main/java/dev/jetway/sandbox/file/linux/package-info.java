/**
 * Files of the host by system calls, and the files of a run as one. The only package with file
 * descriptors.
 */
@NullMarked
package dev.jetway.sandbox.file.linux;

import org.jspecify.annotations.NullMarked;
