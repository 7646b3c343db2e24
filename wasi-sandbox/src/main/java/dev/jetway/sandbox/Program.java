package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.module.CompiledModule;
import dev.jetway.module.ImportName;
import dev.jetway.sandbox.file.HostFiles;
import dev.jetway.sandbox.wasi.WasiImports;
import dev.jetway.unit.ByteSize;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A compiled module made ready to be run again and again with one entry point, limits and volumes.
 * Everything that can fail for every request alike has been tried once. Immutable; safe to share
 * between threads.
 */
public final class Program {
    private static final int PAGE = Memory.PAGE_SIZE;

    private final CompiledModule module;
    private final String entrypoint;
    private final GuestLimits limits;
    private final List<Volume> volumes;
    private final ImportValues imports;

    private Program(
            CompiledModule module, String entrypoint, GuestLimits limits, List<Volume> volumes)
            throws ProgramException {
        this.module = module;
        this.entrypoint = entrypoint;
        this.limits = limits;
        this.volumes = List.copyOf(volumes);
        requireEntrypoint();
        requireImports();
        requireVolumes();
        this.imports = WasiImports.of(module.imports());
        requireLinkage();
    }

    /**
     * Checks the imports, the entry point and the memory of a module.
     *
     * @throws ProgramException naming what is missing or too large
     */
    public static Program prepare(
            CompiledModule module, String entrypoint, GuestLimits limits, List<Volume> volumes)
            throws ProgramException {
        return new Program(module, entrypoint, limits, volumes);
    }

    /** What each run may use. */
    public GuestLimits limits() {
        return limits;
    }

    /** The SHA-256 of the module, lower-case hexadecimal. */
    public String digest() {
        return module.digest();
    }

    String entrypoint() {
        return entrypoint;
    }

    /** The volumes that are there: as Wagi does, a guest runs without one that is missing. */
    List<Volume> presentVolumes() {
        return volumes.stream().filter(v -> Files.isDirectory(v.hostDirectory())).toList();
    }

    int maximumPages() {
        return (int) Math.min(limits.memory().bytes() / PAGE, Memory.RUNTIME_MAX_PAGES);
    }

    /** A fresh instance; nothing of the guest has run, except the module's start section. */
    Instance instantiate(KeptMemories memories) {
        return builder()
                .withMemoryFactory(
                        declared -> memories.take(this).orElseGet(() -> memory(declared)))
                .withStart(false)
                .build();
    }

    /** Whether another run may have a memory: the only one, and as large as at the start. */
    boolean mayKeep(Memory memory) {
        return memory.pages() == memory.initialPages()
                && !memory.shared()
                && module.wasm().memorySection().map(s -> s.memoryCount() == 1).orElse(false);
    }

    private Instance.Builder builder() {
        return Instance.builder(module.wasm())
                .withMachineFactory(module.machineFactory())
                .withImportValues(imports)
                .withMemoryFactory(this::memory);
    }

    private Memory memory(MemoryLimits declared) {
        int maximum = Math.min(declared.maximumPages(), maximumPages());
        if (declared.initialPages() > maximum) {
            throw new MemoryTooLargeException(declared.initialPages());
        }
        return new ByteArrayMemory(
                new MemoryLimits(declared.initialPages(), maximum, declared.shared()));
    }

    private void requireEntrypoint() throws ProgramException {
        if (module.hasFunction(entrypoint)) {
            return;
        }
        if (module.exportsFunction(entrypoint)) {
            throw new ProgramException(
                    "the entry point '"
                            + entrypoint
                            + "' takes parameters or returns results: it must have neither");
        }
        throw new ProgramException(
                "the module exports no function '"
                        + entrypoint
                        + "': build it as a command (with a main function) or name another"
                        + " entrypoint");
    }

    private void requireImports() throws ProgramException {
        String missing =
                module.imports().stream()
                        .filter(i -> !WasiImports.provides(i))
                        .map(ImportName::toString)
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new ProgramException(
                    "the module imports what nobody provides: "
                            + missing
                            + " (available: WASI preview 1, wasi_snapshot_preview1)");
        }
    }

    /** Links once without running anything, so that a wrong signature shows at load. */
    private void requireLinkage() throws ProgramException {
        try {
            builder().withInitialize(false).build();
        } catch (MemoryTooLargeException e) {
            throw new ProgramException(
                    "the module wants "
                            + new ByteSize((long) e.pages() * PAGE)
                            + " of memory at its start, the limit is "
                            + limits.memory());
        } catch (ChicoryException e) {
            throw new ProgramException("the module does not link: " + e.getMessage());
        }
    }

    private void requireVolumes() throws ProgramException {
        Optional<String> reason = volumes.isEmpty() ? Optional.empty() : HostFiles.unavailable();
        if (reason.isPresent()) {
            throw new ProgramException(reason.get());
        }
    }

    /** Memory wanted at the start that the limit does not allow. */
    private static final class MemoryTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int pages;

        MemoryTooLargeException(int pages) {
            super("initial memory over the limit", null, false, false);
            this.pages = pages;
        }

        int pages() {
            return pages;
        }
    }
}
