/** The linear memory that generated code works on. */
@NullMarked
package dev.jetway.module.memory;

import org.jspecify.annotations.NullMarked;
