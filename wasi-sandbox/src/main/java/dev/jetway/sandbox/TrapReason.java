package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.host.GuestFault;
import org.jspecify.annotations.Nullable;

/** Describes a trap in one bounded line without control characters. */
final class TrapReason {
    /** Maximum number of characters of an engine's message. */
    static final int MAX_LENGTH = 200;

    private static final String OUT_OF_BOUNDS = "an index out of bounds";
    private static final String UNKNOWN = "trap";

    private TrapReason() {}

    /** The description of the exception that ended a guest, without class names of the host. */
    static String of(RuntimeException e) {
        return switch (e) {
            case ChicoryException trap -> line(trap.getMessage());
            case WasmException uncaught -> line(uncaught.getMessage());
            case GuestFault fault -> line(fault.getMessage());
            case Interruption interruption -> line(interruption.getMessage());
            // The engine checks most indices itself and leaves some to the JVM.
            case IndexOutOfBoundsException index -> OUT_OF_BOUNDS;
            case NegativeArraySizeException size -> OUT_OF_BOUNDS;
            case NullPointerException none -> "a null reference";
            default -> UNKNOWN;
        };
    }

    private static String line(@Nullable String message) {
        String line = message == null ? "" : message.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.isEmpty()) {
            return UNKNOWN;
        }
        return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) : line;
    }
}
