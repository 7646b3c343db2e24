/** The folders above the volumes of a guest: an empty root that only shows where volumes are. */
@Internal
@NullMarked
package dev.jetway.sandbox.file.mount;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
