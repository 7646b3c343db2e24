@NullMarked
package dev.jetway.server;

import org.jspecify.annotations.NullMarked;
