/** Programs that run scripts, and what PHP is told beside. Knows no site. */
@NullMarked
package dev.jetway.server.config.script;

import org.jspecify.annotations.NullMarked;
