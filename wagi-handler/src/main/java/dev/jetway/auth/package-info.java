/** Password files and their verification. Knows nothing of requests. */
@Internal
@NullMarked
package dev.jetway.auth;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
