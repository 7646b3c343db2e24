package dev.jetway.gateway.log;

import dev.jetway.base.LogText;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** The standard error of one guest, cut into lines without control characters. */
public final class GuestLines extends OutputStream {
    /** Maximum bytes of a line; longer ones are split. */
    public static final int MAX_LINE = 4096;

    private final Consumer<String> target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(0);

    /**
     * A stream without bytes.
     *
     * @param target takes each line
     */
    public GuestLines(Consumer<String> target) {
        this.target = target;
    }

    @Override
    public void write(int b) {
        if (b == '\n') {
            flushLine();
            return;
        }
        line.write(b);
        if (line.size() >= MAX_LINE) {
            flushLine();
        }
    }

    private void flushLine() {
        target.accept(LogText.escape(line.toString(StandardCharsets.UTF_8).stripTrailing()));
        line.reset();
    }

    @Override
    public void close() {
        if (line.size() > 0) {
            flushLine();
        }
    }
}
