package dev.jetway.sandbox;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.ValType;

/**
 * Refuses modules through which a guest could use memory of the host that is not counted.
 * Unsupported proposals are refused before, when the module is read.
 */
final class ModuleValidator {
    /** Maximum number of entries of all tables of a guest: 8 bytes of the host each. */
    static final int TABLE_ENTRIES = 1_000_000;

    private ModuleValidator() {}

    /**
     * Checks a module.
     *
     * @throws ProgramException naming what is not supported
     */
    static void require(WasmModule module) throws ProgramException {
        requireTables(module);
    }

    private static void requireTables(WasmModule module) throws ProgramException {
        TableSection tables = module.tableSection();
        long entries = 0;
        for (int i = 0; i < tables.tableCount(); i++) {
            Table table = tables.getTable(i);
            if (!table.elementType().equals(ValType.FuncRef)
                    && !table.elementType().equals(ValType.ExternRef)) {
                throw new ProgramException(
                        "a table of the module holds other references than to functions: that is"
                                + " not supported");
            }
            entries += table.limits().min();
        }
        if (entries > TABLE_ENTRIES) {
            throw new ProgramException(
                    "the module's tables have "
                            + entries
                            + " entries, the limit is "
                            + TABLE_ENTRIES);
        }
    }
}
