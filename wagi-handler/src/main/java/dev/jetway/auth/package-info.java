/** Passwords: Apache's password files, and their costly verification within bounds. */
@NullMarked
package dev.jetway.auth;

import org.jspecify.annotations.NullMarked;
