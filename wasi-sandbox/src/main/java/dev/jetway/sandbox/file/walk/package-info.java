/**
 * Resolves paths name by name through open handles, so that no link leads out of a root. Knows no
 * storage.
 */
@Internal
@NullMarked
package dev.jetway.sandbox.file.walk;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
