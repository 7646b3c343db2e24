package dev.jetway.cgi;

import dev.jetway.unit.ByteSize;

/**
 * What holds for every request. Immutable.
 *
 * @param identity what the server calls itself
 * @param body limits of request bodies
 * @param responseHead bytes of a guest's header block
 * @param errorPages what is shown instead of error pages where no route matched
 */
public record GatewaySettings(
        ServerIdentity identity, BodyLimits body, ByteSize responseHead, ErrorPages errorPages) {}
