/** The log of the pipeline for an operator: failed requests, and the standard error of guests. */
@Internal
@NullMarked
package dev.jetway.gateway.log;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
