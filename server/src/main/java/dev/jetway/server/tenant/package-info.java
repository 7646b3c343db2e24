/**
 * What one site has of the server while it is served: accounts, quotas, a log. Knows routes as
 * configured, the scheduler and the sandbox; knows no programs.
 */
@NullMarked
package dev.jetway.server.tenant;

import org.jspecify.annotations.NullMarked;
