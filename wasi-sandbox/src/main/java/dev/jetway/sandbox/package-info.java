@NullMarked
package dev.jetway.sandbox;

import org.jspecify.annotations.NullMarked;
