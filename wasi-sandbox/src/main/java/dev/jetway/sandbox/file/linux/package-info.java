/**
 * Files of the host by system calls, joined with a run's other files. The only package with file
 * descriptors.
 */
@Internal
@NullMarked
package dev.jetway.sandbox.file.linux;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
