package dev.jetway.module;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.jetway.base.OneLine;
import dev.jetway.module.binary.BinaryException;
import dev.jetway.module.binary.EngineForm;
import dev.jetway.module.source.ModuleBytes;
import dev.jetway.module.source.ModuleException;
import dev.jetway.module.source.ModuleException.Reason;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The names in a module, read without compiling it. Immutable.
 *
 * @param imports in the module's order
 * @param exports of any kind, in the module's order
 */
public record ModuleDescription(List<ImportName> imports, List<String> exports) {
    /** Copies the lists. */
    public ModuleDescription {
        imports = List.copyOf(imports);
        exports = List.copyOf(exports);
    }

    /**
     * Describes a binary.
     *
     * @throws ModuleException if it is none, or damaged
     */
    public static ModuleDescription of(ModuleBytes module) throws ModuleException {
        if (!module.isBinary()) {
            throw new ModuleException(Reason.NOT_WASM, "is not a binary of WebAssembly");
        }
        ModuleBytes.requireCoreModule(module.bytes());
        try {
            byte[] readable = EngineForm.of(module.bytes());
            WasmModule wasm =
                    Parser.builder()
                            .withValidation(false)
                            .build()
                            .parse(() -> new ByteArrayInputStream(readable));
            return new ModuleDescription(ModuleInterface.imports(wasm), exports(wasm));
        } catch (BinaryException | ChicoryException e) {
            throw new ModuleException(Reason.MALFORMED, OneLine.of(e));
        }
    }

    private static List<String> exports(WasmModule wasm) {
        var exports = new ArrayList<String>();
        for (int i = 0; i < wasm.exportSection().exportCount(); i++) {
            exports.add(wasm.exportSection().getExport(i).name());
        }
        return exports;
    }
}
