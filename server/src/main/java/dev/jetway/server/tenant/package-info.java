/**
 * The live state of a site: accounts, quotas, a log. Knows configured routes, the scheduler and the
 * sandbox; knows no programs.
 */
@NullMarked
package dev.jetway.server.tenant;

import org.jspecify.annotations.NullMarked;
