@NullMarked
package dev.jetway.module;

import org.jspecify.annotations.NullMarked;
