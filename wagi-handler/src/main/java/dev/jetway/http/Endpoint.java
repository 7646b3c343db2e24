package dev.jetway.http;

/**
 * One side of a connection.
 *
 * @param address the IP address as text, without brackets or zone
 * @param port the port, 0 if there is none
 */
public record Endpoint(String address, int port) {}
