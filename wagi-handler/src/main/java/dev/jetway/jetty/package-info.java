@NullMarked
package dev.jetway.jetty;

import org.jspecify.annotations.NullMarked;
