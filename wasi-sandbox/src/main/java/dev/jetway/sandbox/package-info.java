/**
 * One run of a guest under limits: instance, interruption, outcome. Knows modules and what a
 * service is, but no service; knows nothing of HTTP.
 */
@NullMarked
package dev.jetway.sandbox;

import org.jspecify.annotations.NullMarked;
