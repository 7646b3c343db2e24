package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GuestMachineTest {
    private static final Instance INSTANCE =
            Instance.builder(Parser.parse(HexFormat.of().parseHex("0061736d01000000"))).build();

    private final List<String> events = new ArrayList<>();
    private int made;
    private final GuestMachine machine =
            new GuestMachine(
                    instance -> {
                        int number = ++made;
                        return (function, arguments) -> {
                            events.add("machine " + number + ", function " + function);
                            return arguments;
                        };
                    },
                    INSTANCE,
                    () -> events.add("begins"));

    @Test
    void call_theFirst_isPrecededByWhatIsDoneOnce() {
        machine.call(1, new long[0]);
        machine.call(2, new long[0]);

        assertThat(events)
                .containsExactly("begins", "machine 1, function 1", "machine 1, function 2");
    }

    /** Nothing is left of calls that never returned. */
    @Test
    void renew_givesTheNextRunAMachineOfItsOwn() {
        machine.call(1, new long[0]);
        machine.renew();
        machine.call(2, new long[0]);

        assertThat(events)
                .containsExactly("begins", "machine 1, function 1", "machine 2, function 2");
    }
}
