/**
 * Services that guests may import: what a service is, which ones a route grants, and what a run
 * gives to each. Knows files by their interfaces and no service; services do not know each other.
 */
@Internal
@NullMarked
package dev.jetway.sandbox.host;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
