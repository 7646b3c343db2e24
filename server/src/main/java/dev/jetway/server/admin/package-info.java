/** Health and metrics over HTTP. */
@NullMarked
package dev.jetway.server.admin;

import org.jspecify.annotations.NullMarked;
