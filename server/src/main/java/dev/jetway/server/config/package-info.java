@NullMarked
package dev.jetway.server.config;

import org.jspecify.annotations.NullMarked;
