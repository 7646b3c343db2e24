package dev.jetway.gateway;

import dev.jetway.base.ByteSize;
import dev.jetway.cgi.ServerIdentity;

/**
 * Settings for all requests. Immutable.
 *
 * @param identity the server's name
 * @param bodyMemory bytes of a request body kept in memory; a larger body goes to a file
 * @param responseHead bytes of a guest's header block
 */
public record GatewaySettings(
        ServerIdentity identity, ByteSize bodyMemory, ByteSize responseHead) {}
