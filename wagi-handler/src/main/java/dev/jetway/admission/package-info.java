/**
 * The scheduler of guests: slots, queues, rates, threads. Knows routes and their limits; knows
 * neither CGI nor HTTP.
 */
@NullMarked
package dev.jetway.admission;

import org.jspecify.annotations.NullMarked;
