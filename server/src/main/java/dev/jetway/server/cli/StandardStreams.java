package dev.jetway.server.cli;

import java.io.InputStream;
import java.io.OutputStream;

/** The standard streams of the process, in bytes: they become a guest's own. */
public record StandardStreams(InputStream in, OutputStream out, OutputStream err) {}
