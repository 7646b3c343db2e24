package dev.jetway.sandbox.host;

import dev.jetway.sandbox.file.FileLimits;
import dev.jetway.sandbox.file.LimitHits;
import dev.jetway.sandbox.start.StartWatch;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The view of a run for its services. Used by the run's thread only. */
public interface HostContext {
    /** The arguments, the program's name first. */
    List<String> arguments();

    /** The environment, made at each call. */
    SequencedMap<String, String> environment();

    /** The standard input; a {@link PolledInput} if a read may block. */
    InputStream stdin();

    /** The standard output. */
    OutputStream stdout();

    /** The standard error, bounded. */
    OutputStream stderr();

    /** The clocks of the guest. */
    Clocks clocks();

    /** Random numbers fit for keys. */
    RandomGenerator random();

    /** The limits for files. */
    FileLimits fileLimits();

    /** Notes limits that end nothing. */
    LimitHits limitHits();

    /** The watch of a run whose start is recorded; null for others. */
    @Nullable StartWatch watch();

    /** The guest's directories, opened by the first call and closed by the run. */
    List<Preopen> preopens();
}
