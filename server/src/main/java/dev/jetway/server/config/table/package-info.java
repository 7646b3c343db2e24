/** Tables of files, their keys and their problems. Knows no particular key. */
@org.jspecify.annotations.NullMarked
package dev.jetway.server.config.table;
