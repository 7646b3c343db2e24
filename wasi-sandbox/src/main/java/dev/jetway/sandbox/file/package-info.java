/**
 * Files and directories as guests see them: values, errors and the interfaces that each kind of
 * storage implements. Knows no storage.
 */
@NullMarked
package dev.jetway.sandbox.file;

import org.jspecify.annotations.NullMarked;
