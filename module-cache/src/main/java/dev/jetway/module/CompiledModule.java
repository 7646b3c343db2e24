package dev.jetway.module;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A module parsed and compiled to JVM code, ready to be instantiated any number of times.
 * Immutable; safe to share between threads and between sites: code is shared, state never.
 */
public final class CompiledModule {
    private final String digest;
    private final WasmModule wasm;
    private final Function<Instance, Machine> machineFactory;
    private final long size;

    CompiledModule(
            String digest, WasmModule wasm, Function<Instance, Machine> machineFactory, long size) {
        this.digest = digest;
        this.wasm = wasm;
        this.machineFactory = machineFactory;
        this.size = size;
    }

    /** The SHA-256 of the binary, lower-case hexadecimal. */
    public String digest() {
        return digest;
    }

    /** The engine's view of the module. */
    public WasmModule wasm() {
        return wasm;
    }

    /** Makes the engine's machine for an instance of {@link #wasm()}. */
    public Function<Instance, Machine> machineFactory() {
        return machineFactory;
    }

    /** Bytes of the binary and of the compiled code: what the module weighs in a cache. */
    public long size() {
        return size;
    }

    /** Everything that the module wants of its host. */
    public List<ImportName> imports() {
        return wasm.importSection().stream()
                .map(i ->
                        new ImportName(
                                i.module(), i.name(), i.importType() == ExternalType.FUNCTION))
                .toList();
    }

    /** Whether a function of that name is exported, of any type. */
    public boolean exportsFunction(String name) {
        return export(name).isPresent();
    }

    /** Whether a function of that name without parameters and results is exported. */
    public boolean hasFunction(String name) {
        return export(name)
                .map(e -> type(e.index()))
                .filter(t -> t.params().isEmpty() && t.returns().isEmpty())
                .isPresent();
    }

    private Optional<Export> export(String name) {
        return IntStream.range(0, wasm.exportSection().exportCount())
                .mapToObj(wasm.exportSection()::getExport)
                .filter(e -> e.exportType() == ExternalType.FUNCTION && e.name().equals(name))
                .findFirst();
    }

    private FunctionType type(int function) {
        List<FunctionImport> imported =
                wasm.importSection().stream()
                        .filter(FunctionImport.class::isInstance)
                        .map(FunctionImport.class::cast)
                        .toList();
        int type =
                function < imported.size()
                        ? imported.get(function).typeIndex()
                        : wasm.functionSection().getFunctionType(function - imported.size());
        return wasm.typeSection().getType(type);
    }
}
