/** Volumes that may hold a bounded number of bytes and files, over any other storage. */
@NullMarked
package dev.jetway.sandbox.file.quota;

import org.jspecify.annotations.NullMarked;
