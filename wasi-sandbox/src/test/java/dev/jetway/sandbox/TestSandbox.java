package dev.jetway.sandbox;

import dev.jetway.module.CompiledModule;
import dev.jetway.sandbox.host.HostModules;
import dev.jetway.sandbox.wasi.WasiModule;
import java.util.List;

/** Sandboxes and programs with WASI and with memory that is never short. */
final class TestSandbox {
    static final HostModules WASI = HostModules.of(new WasiModule());

    private TestSandbox() {}

    static Sandbox open() {
        return new Sandbox(WASI, () -> false);
    }

    static Program program(
            CompiledModule module, String entrypoint, GuestLimits limits, List<Volume> volumes)
            throws ProgramException {
        return Program.prepare(
                module, new GuestSetup(entrypoint, limits, volumes, WASI), Resources.unlimited());
    }
}
