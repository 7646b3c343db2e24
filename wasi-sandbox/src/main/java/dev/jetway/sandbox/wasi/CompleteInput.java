package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.host.PolledInput;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;

/** A complete input, such as a collected body: it never blocks. */
final class CompleteInput extends PolledInput {
    private final InputStream bytes;

    CompleteInput(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    public OptionalLong ready() throws IOException {
        return OptionalLong.of(bytes.available());
    }

    @Override
    public void awaitReady() {}

    @Override
    public void awaitReady(Duration atMost) {}

    @Override
    public int read() throws IOException {
        return bytes.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return bytes.read(to, offset, length);
    }
}
