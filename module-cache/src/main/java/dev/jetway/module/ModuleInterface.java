package dev.jetway.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.jetway.module.ImportName.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a module wants and what it offers, read once from its sections. */
final class ModuleInterface {
    private ModuleInterface() {}

    static List<ImportName> imports(WasmModule wasm) {
        return wasm.importSection().stream()
                .map(i -> new ImportName(i.module(), i.name(), kind(i.importType())))
                .toList();
    }

    /** The exported functions, and whether each takes and returns nothing. */
    static Map<String, Boolean> functions(WasmModule wasm) {
        List<FunctionImport> imported =
                wasm.importSection().stream()
                        .filter(FunctionImport.class::isInstance)
                        .map(FunctionImport.class::cast)
                        .toList();
        var functions = new HashMap<String, Boolean>();
        for (int i = 0; i < wasm.exportSection().exportCount(); i++) {
            var export = wasm.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                FunctionType type = type(wasm, imported, export.index());
                functions.put(export.name(), type.params().isEmpty() && type.returns().isEmpty());
            }
        }
        return Map.copyOf(functions);
    }

    /** Imported functions come first in the numbering. */
    private static FunctionType type(WasmModule wasm, List<FunctionImport> imported, int index) {
        int type =
                index < imported.size()
                        ? imported.get(index).typeIndex()
                        : wasm.functionSection().getFunctionType(index - imported.size());
        return wasm.typeSection().getType(type);
    }

    private static Kind kind(ExternalType type) {
        return switch (type) {
            case FUNCTION -> Kind.FUNCTION;
            case TABLE -> Kind.TABLE;
            case MEMORY -> Kind.MEMORY;
            case GLOBAL -> Kind.GLOBAL;
            case TAG -> Kind.TAG;
        };
    }
}
