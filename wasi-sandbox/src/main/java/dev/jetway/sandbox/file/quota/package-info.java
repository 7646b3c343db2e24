/** Volumes that may hold a bounded number of bytes and files, over any other storage. */
@Internal
@NullMarked
package dev.jetway.sandbox.file.quota;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
