package dev.jetway.gateway.body;

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
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A body in memory, or in a temporary file if it is large. Used by one thread at a time. */
public final class BodyStore implements RequestBody {
    private final long memoryLimit;
    private final Path folder;
    private byte[] memory = new byte[0];
    private int count;
    private @Nullable Path file;
    private @Nullable FileChannel channel;
    private long length;

    /**
     * An empty body.
     *
     * @param memoryLimit bytes in memory; a larger body goes to a file
     * @param folder of that file
     */
    public BodyStore(ByteSize memoryLimit, Path folder) {
        this.memoryLimit = memoryLimit.bytes();
        this.folder = folder;
    }

    /** Takes the next bytes. */
    public void append(ByteBuffer bytes) throws IOException {
        length += bytes.remaining();
        if (channel == null && length <= memoryLimit) {
            keep(bytes);
            return;
        }
        FileChannel target = channel == null ? spill() : channel;
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    private void keep(ByteBuffer bytes) {
        int added = bytes.remaining();
        if (count + added > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(count + added, 2 * count));
        }
        bytes.get(memory, count, added);
        count += added;
    }

    private FileChannel spill() throws IOException {
        Path path = Files.createTempFile(folder, "body", null);
        file = path;
        FileChannel opened = FileChannel.open(path, StandardOpenOption.WRITE);
        channel = opened;
        opened.write(ByteBuffer.wrap(memory, 0, count));
        memory = new byte[0];
        count = 0;
        return opened;
    }

    /** The last byte has been taken. */
    public void complete() throws IOException {
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
                ? new ByteArrayInputStream(memory, 0, count)
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
