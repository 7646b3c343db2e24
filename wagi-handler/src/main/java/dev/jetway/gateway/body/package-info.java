/** Request bodies that are kept until the guest starts. */
@NullMarked
package dev.jetway.gateway.body;

import org.jspecify.annotations.NullMarked;
