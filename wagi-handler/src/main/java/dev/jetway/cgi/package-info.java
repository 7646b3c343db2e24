/**
 * RFC 3875 and Wagi as pure functions: meta-variables, arguments, header block. Knows routes and
 * HTTP values; never runs anything.
 */
@NullMarked
package dev.jetway.cgi;

import org.jspecify.annotations.NullMarked;
