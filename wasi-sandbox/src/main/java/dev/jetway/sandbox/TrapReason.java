package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import dev.jetway.sandbox.file.Interruption;
import dev.jetway.sandbox.host.GuestFault;
import org.jspecify.annotations.Nullable;

/** One line for a trap, bounded, without control characters. */
final class TrapReason {
    /** Characters of an engine's message that are kept. */
    static final int MAX_LENGTH = 200;

    private static final String OUT_OF_BOUNDS = "an index out of bounds";
    private static final String UNKNOWN = "trap";

    private TrapReason() {}

    /** Of a guest's end by what ended it. Names of the host's classes are no reason for anybody. */
    static String of(RuntimeException e) {
        return switch (e) {
            case ChicoryException trap -> line(trap.getMessage());
            case WasmException uncaught -> line(uncaught.getMessage());
            case GuestFault fault -> line(fault.getMessage());
            case Interruption interruption -> line(interruption.getMessage());
            // The engine checks most indices itself, some it leaves to the JVM.
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
