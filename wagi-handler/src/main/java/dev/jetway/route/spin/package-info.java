/** Routes as Spin writes them: named segments, optional trailing slashes, a base. */
@NullMarked
package dev.jetway.route.spin;

import org.jspecify.annotations.NullMarked;
