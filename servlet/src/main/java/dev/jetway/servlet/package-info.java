/**
 * Programs in a web application: a servlet and a filter for Jakarta Servlet 6.0 and 6.1. The public
 * types are part of the public interface of Jetway.
 */
@NullMarked
package dev.jetway.servlet;

import org.jspecify.annotations.NullMarked;
