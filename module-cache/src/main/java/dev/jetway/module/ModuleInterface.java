package dev.jetway.module;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.jetway.module.ImportName.Kind;
import dev.jetway.module.binary.ImportText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The imports and exports of a module, read once from its sections. */
final class ModuleInterface {
    private ModuleInterface() {}

    static List<ImportName> imports(WasmModule wasm) {
        return wasm.importSection().stream()
                .map(i ->
                        new ImportName(
                                ImportText.original(i.module()),
                                ImportText.original(i.name()),
                                kind(i.importType())))
                .toList();
    }

    /** The exported functions. */
    static Map<String, ExportedFunction> functions(WasmModule wasm) {
        List<FunctionImport> imported =
                wasm.importSection().stream()
                        .filter(FunctionImport.class::isInstance)
                        .map(FunctionImport.class::cast)
                        .toList();
        var functions = new HashMap<String, ExportedFunction>();
        for (int i = 0; i < wasm.exportSection().exportCount(); i++) {
            var export = wasm.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                FunctionType type = type(wasm, imported, export.index());
                boolean plain = type.params().isEmpty() && type.returns().isEmpty();
                functions.put(export.name(), new ExportedFunction(export.index(), plain));
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

    /**
     * An exported function.
     *
     * @param index its number in the module
     * @param plain whether it takes and returns nothing
     */
    record ExportedFunction(int index, boolean plain) {}

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
