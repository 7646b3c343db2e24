package dev.jetway.server.cli.registry;

import dev.jetway.module.ModuleCacheSettings;
import dev.jetway.module.source.FileReference;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.server.registry.OciPlace;
import dev.jetway.server.registry.Pusher;
import dev.jetway.server.registry.RegistrySettings;
import dev.jetway.server.registry.RemotePlace;
import dev.jetway.server.registry.http.RegistryException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** {@code jetway push}: sends a module to a registry. */
public final class PushCommand {
    private static final int ERROR = 2;

    private final RegistrySettings settings;
    private final PrintWriter out;
    private final PrintWriter err;

    public PushCommand(RegistrySettings settings, PrintWriter out, PrintWriter err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /** Sends a file; returns the exit code. */
    public int run(Path file, RemotePlace place) throws InterruptedException {
        var module = new FileReference(file);
        try {
            Pusher.Pushed pushed =
                    new Pusher(settings).push(module.name(), binary(module), registry(place));
            out.printf("%s: %s%n", place, pushed.module());
            out.printf("  manifest %s%n", pushed.manifest());
            out.flush();
            return 0;
        } catch (ModuleException e) {
            err.printf("jetway: %s: %s%n", module.name(), e.getMessage());
        } catch (RegistryException e) {
            err.printf("jetway: %s: %s%n", place, e.reason());
        }
        return ERROR;
    }

    private static byte[] binary(FileReference module) throws ModuleException {
        ModuleBytes content = module.fetch(ModuleCacheSettings.MODULE_LIMIT);
        if (!content.isBinary()) {
            throw new ModuleException(
                    ModuleException.Reason.NOT_WASM,
                    "is not a binary of WebAssembly: text is assembled first, for example by"
                            + " wat2wasm");
        }
        ModuleBytes.requireCoreModule(content.bytes());
        return content.bytes();
    }

    private static OciPlace registry(RemotePlace place) throws RegistryException {
        if (place instanceof OciPlace oci) {
            return oci;
        }
        throw new RegistryException("is no registry: write oci://HOST/NAME:TAG");
    }
}
