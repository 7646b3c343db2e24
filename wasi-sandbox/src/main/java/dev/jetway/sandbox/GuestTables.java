package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableFactory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.UninstantiableException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one instance and their initial entries. Each has limits of its own: the engine
 * writes the size of a grown table into limits that all instances of the module share. Used by one
 * thread.
 */
final class GuestTables implements TableFactory {
    private final List<BoundedTable> tables = new ArrayList<>();
    private long left = ModuleValidator.TABLE_ENTRIES;
    private boolean begun;

    @Override
    public TableInstance create(Table table, int initialValue) {
        TableLimits limits = table.limits();
        left -= limits.min();
        var made = new BoundedTable(table, initialValue);
        tables.add(made);
        return made;
    }

    /** Called before the guest runs: changes from now on are the guest's. */
    void begin() {
        begun = true;
    }

    /** Restores the initial entries. */
    void reset() {
        for (BoundedTable table : tables) {
            left += table.size() - table.sizeAtStart;
            table.restore();
        }
    }

    /** The present entries of each table. */
    List<int[]> entries() {
        return tables.stream().map(table -> Arrays.copyOf(table.refs, table.size)).toList();
    }

    /** Makes these entries the initial ones. */
    void begin(List<int[]> entries) {
        begun = true;
        for (int i = 0; i < tables.size(); i++) {
            tables.get(i).begin(entries.get(i));
        }
    }

    /** Bytes of the host that the tables keep. */
    long keptBytes() {
        long bytes = 0;
        for (BoundedTable table : tables) {
            bytes += (long) Integer.BYTES * table.refs.length;
        }
        return bytes;
    }

    /**
     * A table that grows while all tables together have entries left, by doubling, so that growth
     * entry by entry takes linear time. All references are to functions of the one instance, so the
     * instance is not stored beside each, as the engine does: every garbage collection would scan a
     * million references in one array for as long as the array exists, perhaps long after its
     * guest; numbers are not scanned.
     */
    private final class BoundedTable extends TableInstance {
        private final TableLimits bounds;
        private int[] refs;
        private int size;
        private int sizeAtStart;

        /** The initial entries, if the guest has changed any. */
        private int @Nullable [] atStart;

        BoundedTable(Table table, int initialValue) {
            super(without(table), initialValue);
            bounds = new TableLimits(table.limits().min(), table.limits().max());
            size = (int) bounds.min();
            sizeAtStart = size;
            refs = new int[size];
            Arrays.fill(refs, initialValue);
        }

        /** Empty limits, so that the engine's own arrays are empty. */
        private static Table without(Table table) {
            return new Table(
                    table.elementType(),
                    new TableLimits(0, table.limits().max()),
                    table.initialize());
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public TableLimits limits() {
            return bounds;
        }

        @Override
        public int ref(int index) {
            if (index < 0 || index >= size) {
                throw new ChicoryException("undefined element");
            }
            return refs[index];
        }

        @Override
        public void setRef(int index, int value, @Nullable Instance instance) {
            if (index < 0 || index >= size) {
                throw new UninstantiableException("out of bounds table access");
            }
            remember();
            refs[index] = value;
        }

        /** Null: the engine then takes the calling instance. */
        @Override
        @SuppressWarnings("NullAway") // The engine's own value for unset entries.
        public Instance instance(int index) {
            return null;
        }

        @Override
        public int grow(int more, int value, Instance instance) {
            int before = size;
            long after = (long) before + more;
            if (more < 0 || more > left || after > bounds.max()) {
                return -1;
            }
            remember();
            if (after > refs.length) {
                long room = Math.min(ModuleValidator.TABLE_ENTRIES, 2L * refs.length);
                refs = Arrays.copyOf(refs, (int) Math.max(after, room));
            }
            Arrays.fill(refs, before, (int) after, value);
            size = (int) after;
            left -= more;
            return before;
        }

        private void begin(int... entries) {
            left -= entries.length - size;
            refs = entries.clone();
            size = entries.length;
            sizeAtStart = size;
            atStart = null;
        }

        private void remember() {
            if (begun && atStart == null) {
                atStart = Arrays.copyOf(refs, size);
            }
        }

        private void restore() {
            int[] before = atStart;
            if (before != null) {
                refs = before;
                size = before.length;
                atStart = null;
            }
        }

        @Override
        public void reset() {
            remember();
            Arrays.fill(refs, Value.REF_NULL_VALUE);
        }
    }
}
