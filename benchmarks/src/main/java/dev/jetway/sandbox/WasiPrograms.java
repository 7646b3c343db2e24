package dev.jetway.sandbox;

import dev.jetway.module.CompiledModule;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.wasi.WasiModule;
import java.util.List;

/** Sandboxes and programs with WASI and with memory that is never short. */
public final class WasiPrograms {
    private static final HostModules WASI = HostModules.of(new WasiModule());

    private WasiPrograms() {}

    /** A sandbox. */
    public static Sandbox sandbox() {
        return new Sandbox(WASI, () -> false);
    }

    /** A program that begins at {@code _start}. */
    public static Program of(CompiledModule module, GuestLimits limits, List<Volume> volumes)
            throws ProgramException {
        return Program.prepare(
                module, new GuestSetup("_start", limits, volumes, WASI), Resources.unlimited());
    }
}
