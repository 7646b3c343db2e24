package dev.jetway.jetty;

import dev.jetway.admission.Parking;
import dev.jetway.base.ByteSize;
import dev.jetway.gateway.RequestBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ByteArrayOutputStream2;
import org.jspecify.annotations.Nullable;

/** A body in memory, or in a temporary file if it is large. Used by one thread at a time. */
final class BodyStore implements RequestBody {
    private final long memoryLimit;
    private final Path folder;
    private final ByteArrayOutputStream2 memory = new ByteArrayOutputStream2(0);
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long length;

    BodyStore(ByteSize memoryLimit, Path folder) {
        this.memoryLimit = memoryLimit.bytes();
        this.folder = folder;
    }

    void append(ByteBuffer bytes) throws IOException {
        length += bytes.remaining();
        if (channel == null && length <= memoryLimit) {
            BufferUtil.writeTo(bytes, memory);
            return;
        }
        FileChannel target = channel == null ? spill() : channel;
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    private FileChannel spill() throws IOException {
        Path path = Files.createTempFile(folder, "body", null);
        file = path;
        FileChannel opened = FileChannel.open(path, StandardOpenOption.WRITE);
        channel = opened;
        opened.write(ByteBuffer.wrap(memory.getBuf(), 0, memory.getCount()));
        memory.reset();
        return opened;
    }

    void complete() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public OptionalLong length() {
        return OptionalLong.of(length);
    }

    @Override
    public long received() {
        return length;
    }

    @Override
    public InputStream open(Parking wait) throws IOException {
        return file == null
                ? new ByteArrayInputStream(memory.getBuf(), 0, memory.getCount())
                : Files.newInputStream(file);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary body could not be removed", e);
        }
    }
}
