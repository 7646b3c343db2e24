/**
 * One run of a guest under limits: instance, interruption, outcome. Knows modules and what a
 * service is, but no service; knows nothing of HTTP.
 */
@Internal
@NullMarked
package dev.jetway.sandbox;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
