/** Values in the form that commands print. Knows no command. */
@org.jspecify.annotations.NullMarked
package dev.jetway.server.cli.text;
