/**
 * Files of the host by system calls, joined with a run's other files. The only package with file
 * descriptors.
 */
@NullMarked
package dev.jetway.sandbox.file.linux;

import org.jspecify.annotations.NullMarked;
