/**
 * The scheduler of guests: slots, queues, rates, threads. Knows routes and their limits; knows
 * neither CGI nor HTTP.
 */
@Internal
@NullMarked
package dev.jetway.admission;

import dev.jetway.base.Internal;
import org.jspecify.annotations.NullMarked;
