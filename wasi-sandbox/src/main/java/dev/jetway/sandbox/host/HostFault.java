package dev.jetway.sandbox.host;

import com.dylibso.chicory.wasm.ChicoryException;
import dev.jetway.sandbox.file.Interruption;

/** An exception of a host function that is not the guest's doing, though a guest was running. */
public final class HostFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException original;

    private HostFault(RuntimeException original) {
        super("a host function failed", original, false, false);
        this.original = original;
    }

    /**
     * What a host function throws on when it has caught this: the same if it ends the guest, such
     * as an exit, a bad pointer or an interrupt; else a fault of the host.
     */
    public static RuntimeException from(RuntimeException e) {
        return switch (e) {
            case GuestExit exit -> exit;
            case GuestFault fault -> fault;
            case Interruption interruption -> interruption;
            case ChicoryException trap -> trap;
            case HostFault fault -> fault;
            default -> new HostFault(e);
        };
    }

    /** What the function threw. */
    public RuntimeException original() {
        return original;
    }
}
