/**
 * HTTP as registries use it: requests within bounds of size and time, redirects and tokens that
 * lead to no address that the operator did not mean. Knows nothing of modules.
 */
@NullMarked
package dev.jetway.server.registry.http;

import org.jspecify.annotations.NullMarked;
