/**
 * Files and directories as guests see them: values, errors and the interfaces that each kind of
 * storage implements. Knows no storage.
 */
@Internal
@NullMarked
package dev.jetway.sandbox.file;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
