package dev.jetway.jetty;

import java.nio.file.Path;

/**
 * Parts that all requests share.
 *
 * @param temporary a folder for large request bodies
 * @param files sends static files
 */
record HandlerParts(Path temporary, FileSender files) {}
