/** Password files and their verification. Knows nothing of requests. */
@NullMarked
package dev.jetway.auth;

import org.jspecify.annotations.NullMarked;
