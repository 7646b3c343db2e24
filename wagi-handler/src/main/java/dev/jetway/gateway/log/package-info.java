/** What the pipeline says to an operator: failed requests, and the standard error of guests. */
@NullMarked
package dev.jetway.gateway.log;

import org.jspecify.annotations.NullMarked;
