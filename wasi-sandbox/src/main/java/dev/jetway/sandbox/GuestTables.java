package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableFactory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;

/**
 * The tables of one instance. Each has limits of its own: the engine writes the size of a table
 * that has grown into what all instances of the module share. Used by one thread.
 */
final class GuestTables implements TableFactory {
    private long left = ModuleRules.TABLE_ENTRIES;

    @Override
    public TableInstance create(Table table, int initialValue) {
        TableLimits limits = table.limits();
        left -= limits.min();
        return new BoundedTable(
                new Table(
                        table.elementType(),
                        new TableLimits(limits.min(), limits.max()),
                        table.initialize()),
                initialValue);
    }

    /** Grows as long as all tables together have entries left. */
    private final class BoundedTable extends TableInstance {
        BoundedTable(Table table, int initialValue) {
            super(table, initialValue);
        }

        @Override
        public int grow(int size, int value, Instance instance) {
            if (size < 0 || size > left) {
                return -1;
            }
            int before = super.grow(size, value, instance);
            if (before >= 0) {
                left -= size;
            }
            return before;
        }
    }
}
