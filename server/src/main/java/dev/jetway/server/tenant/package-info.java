/** What one site has of the server while it is served: memory account and quotas. */
@NullMarked
package dev.jetway.server.tenant;

import org.jspecify.annotations.NullMarked;
