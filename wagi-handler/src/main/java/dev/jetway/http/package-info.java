/** HTTP as values: heads, fields, paths, ends of a connection. Knows no server and no route. */
@Internal
@NullMarked
package dev.jetway.http;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
