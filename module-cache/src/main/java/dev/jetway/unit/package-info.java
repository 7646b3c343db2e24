@NullMarked
package dev.jetway.unit;

import org.jspecify.annotations.NullMarked;
