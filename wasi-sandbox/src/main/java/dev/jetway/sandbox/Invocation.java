package dev.jetway.sandbox;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The arguments, environment and streams of one run. The streams belong to the run and are used by
 * its thread only.
 *
 * @param arguments the arguments, the program's name first
 * @param environment the environment variables, in the order that the guest sees; called at most
 *     once, by the run's thread
 * @param stdin the standard input; read as the guest asks for it. A stream that may block is a
 *     {@link dev.jetway.sandbox.host.PolledInput}; any other has no more bytes than {@code
 *     available()} tells
 * @param stdout the standard output; may throw {@link RunCancelledException} to end the guest
 * @param stderr the standard error; bounded by {@link GuestLimits#stderr()}
 * @param tick called about every 10 ms while the guest runs, by another thread, with the
 *     nanoseconds that the run has had of a processor since the first call; must not block
 */
public record Invocation(
        List<String> arguments,
        Supplier<SequencedMap<String, String>> environment,
        InputStream stdin,
        OutputStream stdout,
        OutputStream stderr,
        LongConsumer tick) {
    /** Copies the arguments. */
    public Invocation {
        arguments = List.copyOf(arguments);
    }

    /** This invocation with an environment that is made once, however often it is asked for. */
    Invocation remembering() {
        var made = new ArrayList<SequencedMap<String, String>>(1);
        return new Invocation(
                arguments,
                () -> {
                    if (made.isEmpty()) {
                        made.add(environment.get());
                    }
                    return made.getFirst();
                },
                stdin,
                stdout,
                stderr,
                tick);
    }

    /** An invocation with a known environment, which is copied. */
    public Invocation(
            List<String> arguments,
            SequencedMap<String, String> environment,
            InputStream stdin,
            OutputStream stdout,
            OutputStream stderr,
            LongConsumer tick) {
        this(arguments, copyOf(environment), stdin, stdout, stderr, tick);
    }

    private static Supplier<SequencedMap<String, String>> copyOf(
            SequencedMap<String, String> environment) {
        var copy = new LinkedHashMap<>(environment);
        return () -> copy;
    }
}
