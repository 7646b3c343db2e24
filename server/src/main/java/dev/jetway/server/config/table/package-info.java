/** Tables of files, their keys and what is wrong with them. Knows no particular key. */
@org.jspecify.annotations.NullMarked
package dev.jetway.server.config.table;
