package dev.jetway.sandbox;

import com.dylibso.chicory.runtime.GlobalFactory;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;

/** The globals of one instance and their initial values. Used by one thread. */
final class GuestGlobals implements GlobalFactory {
    private final List<Variable> variables = new ArrayList<>();

    @Override
    public GlobalInstance create(long low, long high, ValType type, MutabilityType mutability) {
        var global = new GlobalInstance(low, high, type, mutability);
        if (mutability == MutabilityType.Var) {
            variables.add(new Variable(global, low, high));
        }
        return global;
    }

    /** Restores the initial values. */
    void reset() {
        for (Variable variable : variables) {
            variable.reset();
        }
    }

    /** The present values, two numbers each. */
    long[] values() {
        var values = new long[2 * variables.size()];
        for (int i = 0; i < variables.size(); i++) {
            GlobalInstance global = variables.get(i).global();
            values[2 * i] = global.getValueLow();
            values[2 * i + 1] = global.getValueHigh();
        }
        return values;
    }

    /** Makes these values the initial ones. */
    void begin(long... values) {
        for (int i = 0; i < variables.size(); i++) {
            GlobalInstance global = variables.get(i).global();
            variables.set(i, new Variable(global, values[2 * i], values[2 * i + 1]));
        }
        reset();
    }

    /** Number of mutable globals. */
    int variables() {
        return variables.size();
    }

    private record Variable(GlobalInstance global, long low, long high) {
        void reset() {
            global.setValueLow(low);
            global.setValueHigh(high);
        }
    }
}
