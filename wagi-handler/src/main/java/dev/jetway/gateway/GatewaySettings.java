package dev.jetway.gateway;

import dev.jetway.base.ByteSize;
import dev.jetway.cgi.ServerIdentity;

/**
 * What holds for every request. Immutable.
 *
 * @param identity what the server calls itself
 * @param bodyMemory bytes of a request body that are kept in memory; a larger one is in a file
 * @param responseHead bytes of a guest's header block
 */
public record GatewaySettings(
        ServerIdentity identity, ByteSize bodyMemory, ByteSize responseHead) {}
