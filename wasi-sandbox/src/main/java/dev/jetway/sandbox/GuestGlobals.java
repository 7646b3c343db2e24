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
