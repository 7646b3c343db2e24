@NullMarked
package dev.jetway.cgi;

import org.jspecify.annotations.NullMarked;
