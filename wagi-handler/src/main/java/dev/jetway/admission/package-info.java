/**
 * Who runs when: slots, queues, rates, threads of guests. Knows routes and their limits; knows
 * neither CGI nor HTTP.
 */
@NullMarked
package dev.jetway.admission;

import org.jspecify.annotations.NullMarked;
