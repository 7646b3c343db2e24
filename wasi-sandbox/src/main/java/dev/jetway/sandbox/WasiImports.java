package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Store;
import com.dylibso.chicory.wasi.WasiPreview1;
import java.util.List;

/** WASI preview 1 as guests import it: the engine's functions, with ours where those fail. */
final class WasiImports {
    private static final String RENAME = "path_rename";

    private WasiImports() {}

    static ImportValues of(WasiPreview1 wasi, List<Volume> volumes) {
        HostFunction[] functions = wasi.toHostFunctions();
        for (int i = 0; i < functions.length; i++) {
            if (functions[i].name().equals(RENAME)) {
                functions[i] =
                        new HostFunction(
                                functions[i].module(),
                                RENAME,
                                functions[i].functionType(),
                                new PathRename(volumes));
            }
        }
        return new Store().addFunction(functions).toImportValues();
    }
}
