/**
 * RFC 3875 and Wagi as pure functions: meta-variables, arguments, header block. Knows routes and
 * HTTP values; never runs anything.
 */
@Internal
@NullMarked
package dev.jetway.cgi;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
