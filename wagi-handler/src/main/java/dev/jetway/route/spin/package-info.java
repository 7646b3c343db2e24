/** Routes as Spin writes them: named segments, optional trailing slashes, a base. */
@Internal
@NullMarked
package dev.jetway.route.spin;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
