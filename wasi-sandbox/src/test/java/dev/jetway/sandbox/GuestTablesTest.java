package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GuestTablesTest {
    private static final Instance INSTANCE =
            Instance.builder(Parser.parse(HexFormat.of().parseHex("0061736d01000000"))).build();

    private final GuestTables tables = new GuestTables();

    private TableInstance table(long min, long max) {
        return tables.create(new Table(ValType.FuncRef, new TableLimits(min, max), List.of()), 7);
    }

    @Test
    void table_new_hasItsInitialValueEverywhere() {
        TableInstance table = table(3, 10);

        assertThat(table.size()).isEqualTo(3);
        assertThat(table.limits().min()).isEqualTo(3);
        assertThat(table.limits().max()).isEqualTo(10);
        assertThat(table.ref(0)).isEqualTo(7);
        assertThat(table.ref(2)).isEqualTo(7);
    }

    @Test
    void grow_keepsWhatIsThereAndFillsTheRest() {
        TableInstance table = table(2, 100);
        table.setRef(1, 8, INSTANCE);

        assertThat(table.grow(3, 9, INSTANCE)).isEqualTo(2);
        assertThat(table.grow(0, 10, INSTANCE)).isEqualTo(5);
        assertThat(table.size()).isEqualTo(5);
        assertThat(List.of(table.ref(0), table.ref(1), table.ref(2), table.ref(4)))
                .containsExactly(7, 8, 9, 9);
    }

    @Test
    void entry_outside_isRefused() {
        TableInstance table = table(2, 100);
        table.grow(1, 0, INSTANCE);

        for (int index : new int[] {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> table.ref(index)).isInstanceOf(ChicoryException.class);
            assertThatThrownBy(() -> table.requiredRef(index)).isInstanceOf(ChicoryException.class);
            assertThatThrownBy(() -> table.setRef(index, 1, INSTANCE))
                    .isInstanceOf(ChicoryException.class);
        }
    }

    @Test
    void grow_toItsMaximum_isTheLast() {
        TableInstance table = table(2, 5);

        assertThat(table.grow(3, 0, INSTANCE)).isEqualTo(2);
        assertThat(table.grow(1, 0, INSTANCE)).isEqualTo(-1);
        assertThat(table.grow(-1, 0, INSTANCE)).isEqualTo(-1);
        assertThat(table.grow(Integer.MAX_VALUE, 0, INSTANCE)).isEqualTo(-1);
        assertThat(table.size()).isEqualTo(5);
    }

    @Test
    void grow_ofAllTablesTogether_endsAtAMillionEntries() {
        TableInstance first = table(400_000, TableLimits.LIMIT_MAX);
        TableInstance second = table(1, TableLimits.LIMIT_MAX);

        assertThat(second.grow(599_999, 0, INSTANCE)).isEqualTo(1);
        assertThat(second.grow(1, 0, INSTANCE)).isEqualTo(-1);
        assertThat(first.grow(1, 0, INSTANCE)).isEqualTo(-1);
        assertThat(first.size() + second.size()).isEqualTo(ModuleValidator.TABLE_ENTRIES);
    }

    @Test
    void reset_givesBackWhatTheyWereWhenTheGuestBegan() {
        TableInstance changed = table(2, 100);
        TableInstance grown = table(1, TableLimits.LIMIT_MAX);
        changed.setRef(1, 8, INSTANCE);
        tables.begin();

        for (int i = 0; i < 3; i++) {
            changed.setRef(0, 9, INSTANCE);
            changed.setRef(1, 9, INSTANCE);
            assertThat(grown.grow(ModuleValidator.TABLE_ENTRIES - 3, 9, INSTANCE)).isEqualTo(1);
            grown.reset();
            tables.reset();

            assertThat(List.of(changed.ref(0), changed.ref(1))).containsExactly(7, 8);
            assertThat(grown.size()).isEqualTo(1);
            assertThat(grown.ref(0)).isEqualTo(7);
        }
        assertThat(tables.keptBytes()).isEqualTo(3 * Integer.BYTES);
    }

    /** References that a garbage collection would scan. */
    @Test
    void table_ofAnySize_keepsNoInstance() {
        TableInstance table = table(1, TableLimits.LIMIT_MAX);
        table.setRef(0, 1, INSTANCE);
        table.grow(1000, 1, INSTANCE);

        assertThat(table.instance(0)).isNull();
        assertThat(table.instance(1000)).isNull();
    }
}
