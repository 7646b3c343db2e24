package dev.jetway.sandbox.start;

import dev.jetway.module.MemoryImage;
import dev.jetway.module.Resumption;
import java.util.List;

/**
 * A guest of one program after its start, just before it uses what belongs to one request. Runs of
 * requests that it would have started with in the same way begin here. Immutable.
 *
 * @param arguments of the guest
 * @param directories names of those that it has
 * @param request what it has of the request
 * @param state all but its stack
 * @param frames the values on its stack
 * @param resumption goes on from there
 * @param calls number of host functions that it has called, the one that it goes on with included
 */
@SuppressWarnings("ArrayRecordComponent") // Not compared.
public record Snapshot(
        List<String> arguments,
        List<String> directories,
        RequestPart request,
        GuestState state,
        long[][] frames,
        Resumption resumption,
        int calls) {
    /** Approximate bytes of the host. */
    public long bytes(MemoryImage module) {
        long bytes = state.bytes(module);
        for (long[] frame : frames) {
            bytes += 8L * frame.length;
        }
        return bytes;
    }
}
