package dev.jetway.sandbox;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemorySection;
import com.dylibso.chicory.wasm.types.SubType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableSection;
import com.dylibso.chicory.wasm.types.TypeSection;
import com.dylibso.chicory.wasm.types.ValType;

/**
 * What a module may ask of the engine beside what it computes: nothing through which a guest could
 * use memory of the host that is not counted.
 */
final class ModuleValidator {
    /** Entries of all tables of a guest: 8 bytes of the host each. */
    static final int TABLE_ENTRIES = 1_000_000;

    private ModuleValidator() {}

    /**
     * Checks a module.
     *
     * @throws ProgramException naming what is not supported
     */
    static void require(WasmModule module) throws ProgramException {
        requireMemory(module);
        requireTables(module);
        requireTypes(module.typeSection());
    }

    private static void requireMemory(WasmModule module) throws ProgramException {
        MemorySection memories = module.memorySection().orElse(null);
        if (memories == null || memories.memoryCount() == 0) {
            return;
        }
        if (memories.memoryCount() > 1) {
            throw new ProgramException(
                    "the module has more than one memory: that is not supported");
        }
        if (memories.getMemory(0).limits().shared()) {
            throw new ProgramException("the module has a shared memory: threads are not supported");
        }
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

    private static void requireTypes(TypeSection types) throws ProgramException {
        for (int i = 0; i < types.subTypeCount(); i++) {
            SubType type = types.getSubType(i);
            if (type.compType().funcType() == null) {
                throw new ProgramException(
                        "the module has types for garbage collection (structures or arrays): that"
                                + " is not supported");
            }
        }
    }
}
