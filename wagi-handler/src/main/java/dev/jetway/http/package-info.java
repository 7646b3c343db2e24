/** HTTP as values: heads, fields, paths, ends of a connection. Knows no server and no route. */
@NullMarked
package dev.jetway.http;

import org.jspecify.annotations.NullMarked;
