/** Request bodies that are kept until the guest starts. */
@Internal
@NullMarked
package dev.jetway.gateway.body;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
