/** Values as commands print them. Knows no command. */
@org.jspecify.annotations.NullMarked
package dev.jetway.server.cli.text;
