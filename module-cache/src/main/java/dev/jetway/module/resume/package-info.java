/**
 * Code that records where a guest is, and code that goes on from there: the functions on its stack,
 * their variables and the values on their stacks.
 */
@Internal
@NullMarked
package dev.jetway.module.resume;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
