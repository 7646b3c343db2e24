package dev.jetway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jetway.sandbox.RunOutcome.Exited;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guests that wait for an input, for a clock, or for both. */
@Timeout(30)
final class PollingTest {
    private static final String AGAIN = "6\n";
    private final Sandbox sandbox = TestSandbox.open();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private String run(SlowInput input, String... operations) throws Exception {
        var arguments = new String[operations.length + 1];
        arguments[0] = "probe";
        System.arraycopy(operations, 0, arguments, 1, operations.length);
        GuestProgram.Result result =
                new GuestProgram("probe.wasm").reading(input).run(sandbox, arguments);
        assertThat(result.report().outcome()).isEqualTo(new Exited(0));
        return result.out();
    }

    @Test
    void poll_waitsUntilInputIsThere_andSaysHowMuch() throws Exception {
        assertThat(run(new SlowInput("four", "more").thenEnds(), "poll", "take", "poll", "take"))
                .isEqualTo("0 4 bytes \n0 four\n0 4 bytes \n0 more\n");
    }

    @Test
    void poll_atTheEndOfInput_saysSo() throws Exception {
        assertThat(run(new SlowInput().thenEnds(), "poll", "take"))
                .isEqualTo("0 0 bytes, the end \n0\n");
    }

    @Test
    void poll_aClockAndSilentInput_endsWithTheClock() throws Exception {
        var input = new SlowInput();

        assertThat(run(input, "poll|20")).isEqualTo("0 clock \n");
        assertThat(input.waits())
                .isNotEmpty()
                .allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofMillis(20)));
    }

    @Test
    void poll_aClockThatIsOver_doesNotWaitForInput() throws Exception {
        var input = new SlowInput("late");

        assertThat(run(input, "poll|0")).isEqualTo("0 clock \n");
        assertThat(input.waits()).isEmpty();
    }

    @Test
    void poll_inputThatIsThere_doesNotWaitForTheClock() throws Exception {
        var input = new SlowInput("here");

        assertThat(run(input, "poll", "poll|3600000")).isEqualTo("0 4 bytes \n0 4 bytes \n");
    }

    @Test
    void read_nonBlockingOfSilentInput_isAgain() throws Exception {
        assertThat(run(new SlowInput("x").thenEnds(), "nonblock", "take", "poll", "take", "take"))
                .isEqualTo("0\n" + AGAIN + "0 1 bytes \n0 x\n" + AGAIN);
    }

    @Test
    void read_nonBlockingAtTheEnd_isTheEnd() throws Exception {
        assertThat(run(new SlowInput().thenEnds(), "nonblock", "take", "poll", "take"))
                .isEqualTo("0\n" + AGAIN + "0 0 bytes, the end \n0\n");
    }

    @Test
    void read_whatFillsTheFirstBuffer_doesNotWaitForTheSecond() throws Exception {
        assertThat(run(new SlowInput("ab", "cd"), "take", "take")).isEqualTo("0 ab\n0 cd\n");
    }

    @Test
    void read_ofAnInputThatFails_isAnError() throws Exception {
        InputStream broken = InputStream.nullInputStream();
        broken.close();

        assertThat(new GuestProgram("probe.wasm").reading(broken).run(sandbox, "probe", "take"))
                .extracting(GuestProgram.Result::out)
                .isEqualTo("29\n");
    }
}
