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
     * Maps an exception inside of a host function to the one to throw: unchanged if it ends the
     * guest, such as an exit, a bad pointer or an interrupt; otherwise a fault of the host.
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

    /** The original exception. */
    public RuntimeException original() {
        return original;
    }
}
