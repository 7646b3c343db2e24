package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.jetway.base.ByteSize;
import dev.jetway.module.CompiledModule;
import dev.jetway.module.MemoryImage;
import dev.jetway.sandbox.file.linux.HostFiles;
import dev.jetway.sandbox.host.HostModule;
import dev.jetway.sandbox.memory.FlatMemory;
import dev.jetway.sandbox.start.GuestState;
import dev.jetway.sandbox.start.SnapshotState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A compiled module with a setup, ready for any number of runs. Everything that would fail for
 * every request has been checked. Safe to share between threads.
 */
public final class Program implements KeptInstances.Owner {
    private static final int PAGE = Memory.PAGE_SIZE;

    /** By the convention of Wizer, called before a state is taken and in no ordinary run. */
    private static final String INITIALIZER = "wizer.initialize";

    private final CompiledModule module;
    private final GuestSetup setup;
    private final ImportValues imports;
    private final List<HostModule> services;
    private final Resources resources;
    private final PresentVolumes present;
    private final Element[] elements;
    private final OptionalInt startFunction;
    private final OptionalInt initializer;
    private final int entry;
    private final ProgramSnapshots snapshots = new ProgramSnapshots();
    private volatile boolean forgotten;

    private Program(CompiledModule module, GuestSetup setup, Resources resources)
            throws ProgramException {
        this.module = module;
        this.setup = setup;
        this.resources = resources;
        this.present = new PresentVolumes(setup.volumes(), System::nanoTime);
        requireEntrypoint();
        ModuleValidator.require(module.wasm());
        requireImports();
        requireVolumes();
        this.imports = setup.services().imports(module.imports());
        this.services = setup.services().usedBy(module.imports());
        this.elements = module.wasm().elementSection().elements();
        this.startFunction =
                module.wasm().startSection().stream()
                        .mapToInt(s -> (int) s.startIndex())
                        .findFirst();
        this.initializer =
                module.hasFunction(INITIALIZER)
                        ? OptionalInt.of(module.function(INITIALIZER))
                        : OptionalInt.empty();
        this.entry = module.function(setup.entrypoint());
        requireLinkage();
    }

    /**
     * Checks the imports, the entry point and the memory of a module.
     *
     * @param resources shared with other programs, beside the limits of each run
     * @throws ProgramException naming what is missing or too large
     */
    public static Program prepare(CompiledModule module, GuestSetup setup, Resources resources)
            throws ProgramException {
        return new Program(module, setup, resources);
    }

    /** The limits of each run. */
    public GuestLimits limits() {
        return setup.limits();
    }

    /** The SHA-256 of the module, lower-case hexadecimal. */
    public String digest() {
        return module.digest();
    }

    /** Called when no further run is expected: no instance is kept any more. */
    void forget() {
        forgotten = true;
    }

    @Override
    public boolean isForgotten() {
        return forgotten;
    }

    /** The snapshots that requests may begin with; empty if none are taken. */
    public Optional<SnapshotState> snapshotState() {
        return snapshots.isOn() ? Optional.of(snapshots.state()) : Optional.empty();
    }

    /** The states after start-up that runs may begin with. */
    ProgramSnapshots snapshots() {
        return snapshots;
    }

    CompiledModule module() {
        return module;
    }

    /** This program with another form of its module. */
    Program with(CompiledModule other) throws ProgramException {
        return new Program(other, setup, resources);
    }

    List<Volume> volumes() {
        return setup.volumes();
    }

    List<Volume> presentVolumes() {
        return present.now();
    }

    /** Whether the volumes lie in a folder that a tenant may change. */
    boolean isOfSite() {
        return setup.ofSite();
    }

    /** Whether a guest sees the folders above its volumes; a volume may be the root itself. */
    boolean hasRoot() {
        return setup.ofSite()
                && !volumes().isEmpty()
                && volumes().stream().noneMatch(Volume::isRoot);
    }

    /** Number of the directories of a guest that stay the same from run to run. */
    int lastingDirectories() {
        return presentVolumes().size() + (hasRoot() ? 1 : 0);
    }

    Resources resources() {
        return resources;
    }

    int maximumPages() {
        return (int) Math.min(limits().memory().bytes() / PAGE, Memory.RUNTIME_MAX_PAGES);
    }

    /** The services whose functions the module imports: a run opens these and no others. */
    List<HostModule> services() {
        return services;
    }

    /** Index of the entry point. */
    int entry() {
        return entry;
    }

    /** Index of the function that prepares a guest for a snapshot. */
    OptionalInt initializer() {
        return initializer;
    }

    /** Index of the module's start function. */
    OptionalInt startFunction() {
        return startFunction;
    }

    /** The initial element segments; not to be changed. */
    Element[] elements() {
        return elements;
    }

    Function<Instance, Machine> machineFactory() {
        return module.machineFactory();
    }

    /**
     * Whether an instance may have another run. The engine's interpreter keeps exceptions where no
     * reset removes them.
     */
    boolean isReusable() {
        return module.wasm().tagSection().isEmpty() || module.interpretedFunctions().isEmpty();
    }

    /** Makes an instance of the parts; of the guest, only the module's start function has run. */
    Instance instantiate(GuestInstance parts) {
        return builder(parts::memoryOf)
                .withMachineFactory(parts::machineOf)
                .withTableFactory(parts.tables())
                .withGlobalFactory(parts.globals())
                .withStart(false)
                .build();
    }

    FlatMemory newMemory(
            MemoryLimits declared, BooleanSupplier heapIsLow, @Nullable GuestState state) {
        MemoryLimits limits = allowed(declared);
        if (state == null) {
            return new FlatMemory(limits, module.memoryImage(), resources.memory(), heapIsLow);
        }
        var memory =
                new FlatMemory(
                        new MemoryLimits(state.pages(), limits.maximumPages()),
                        state.image(),
                        resources.memory(),
                        heapIsLow);
        memory.withoutSegments(state.droppedData());
        return memory;
    }

    private Instance.Builder builder(Function<MemoryLimits, Memory> memories) {
        return Instance.builder(module.wasm())
                .withImportValues(imports)
                .withMemoryFactory(memories);
    }

    private MemoryLimits allowed(MemoryLimits declared) {
        int maximum = Math.min(declared.maximumPages(), maximumPages());
        if (declared.initialPages() > maximum) {
            throw new MemoryTooLargeException(declared.initialPages());
        }
        return new MemoryLimits(declared.initialPages(), maximum);
    }

    private void requireEntrypoint() throws ProgramException {
        String entrypoint = setup.entrypoint();
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
        Optional<String> refusal = setup.services().refusal(module.imports());
        if (refusal.isPresent()) {
            throw new ProgramException(refusal.get());
        }
    }

    private Memory unused(MemoryLimits declared) {
        var none = new MemoryLimits(0, allowed(declared).maximumPages());
        return new FlatMemory(none, new MemoryImage(), resources.memory(), () -> false);
    }

    /** Links once without running anything, so that a wrong signature is found at load. */
    private void requireLinkage() throws ProgramException {
        try {
            builder(this::unused)
                    .withMachineFactory(module.machineFactory())
                    .withTableFactory(new GuestTables())
                    .withInitialize(false)
                    .build();
        } catch (MemoryTooLargeException e) {
            throw new ProgramException(
                    "the module wants "
                            + new ByteSize((long) e.pages() * PAGE)
                            + " of memory at its start, the limit is "
                            + limits().memory());
        } catch (ChicoryException e) {
            throw new ProgramException("the module does not link: " + e.getMessage());
        }
    }

    private void requireVolumes() throws ProgramException {
        Optional<String> reason = volumes().isEmpty() ? Optional.empty() : HostFiles.unavailable();
        if (reason.isPresent()) {
            throw new ProgramException(reason.get());
        }
    }

    /** The initial memory is over the limit. */
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
