/** Handlers of scripts, and settings for PHP. Knows no site. */
@NullMarked
package dev.jetway.server.config.script;

import org.jspecify.annotations.NullMarked;
