package dev.jetway.jetty;

import dev.jetway.sandbox.file.FileStatus;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.resource.Resource;
import org.jspecify.annotations.Nullable;

/**
 * A file, in memory or open, as Jetty's resource. Without a path, so that nothing can open it again
 * by name.
 */
final class FileResource extends Resource implements Content.Source.Factory, Closeable {
    private static final long NANOS = 1_000_000_000L;

    private final @Nullable ByteBuffer bytes;
    private final @Nullable FileChannel channel;
    private final FileStatus status;

    FileResource(ByteBuffer bytes, FileStatus status) {
        this.bytes = bytes;
        this.channel = null;
        this.status = status;
    }

    FileResource(FileChannel channel, FileStatus status) {
        this.bytes = null;
        this.channel = channel;
        this.status = status;
    }

    /** The contents, if they are in memory; callers slice them. */
    @Nullable ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public Content.Source newContentSource(
            ByteBufferPool.@Nullable Sized pool, long offset, long length) {
        long count = length < 0 ? length() - offset : length;
        if (channel != null) {
            return Content.Source.from(pool, new SharedChannel(channel), offset, count);
        }
        return Content.Source.from(Objects.requireNonNull(bytes).slice((int) offset, (int) count));
    }

    @Override
    public long length() {
        return bytes == null ? status.size() : bytes.remaining();
    }

    @Override
    public Instant lastModified() {
        return Instant.ofEpochSecond(Math.floorDiv(status.modified(), NANOS));
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public @Nullable Path getPath() {
        return null;
    }

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public @Nullable URI getURI() {
        return null;
    }

    @Override
    public String getName() {
        return "";
    }

    @Override
    public String getFileName() {
        return "";
    }

    @Override
    public @Nullable Resource resolve(String path) {
        return null;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
