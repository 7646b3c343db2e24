package dev.jetway.jetty;

import dev.jetway.files.FileBytes;
import dev.jetway.files.Utf8;
import dev.jetway.sandbox.file.linux.HostFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.IOResources;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * A file in the form for Jetty's resource service: bytes in memory, or an open handle. No name is
 * looked up again. Used for one response, which closes it.
 */
final class FileContent implements HttpContent, Closeable {
    /** Bytes at the start of a file that are checked for its encoding. */
    private static final int SAMPLE = 32 << 10;

    /** Bytes of a file that are read at once. */
    private static final int PIECE = 32 << 10;

    private static final Set<CompressedContentFormat> NO_FORMATS = Set.of();

    private final FileResource resource;
    private final FileFields fields;
    private final boolean varies;

    private FileContent(FileResource resource, FileFields fields, boolean varies) {
        this.resource = resource;
        this.fields = fields;
        this.varies = varies;
    }

    /** The content of a file in memory. */
    static FileContent of(FileBytes file, FileFields fields, boolean varies) {
        return new FileContent(
                new FileResource(ByteBuffer.wrap(file.bytes()), file.status()), fields, varies);
    }

    /** The content of an open file, which is closed if it cannot be read. */
    static FileContent of(HostFolder.Content file, String type, boolean varies) throws IOException {
        try {
            boolean utf8 = MediaTypes.isText(type) && isUtf8(file);
            return new FileContent(
                    new FileResource(file.channel(), file.status()),
                    FileFields.of(file.status(), type, file.status().size(), utf8),
                    varies);
        } catch (IOException | RuntimeException e) {
            file.channel().close();
            throw e;
        }
    }

    private static boolean isUtf8(HostFolder.Content file) throws IOException {
        var sample = ByteBuffer.allocate(SAMPLE);
        int read = Math.max(file.channel().read(sample, 0), 0);
        return Utf8.isValid(Arrays.copyOf(sample.array(), read), read < SAMPLE);
    }

    @Override
    public HttpField getContentType() {
        return fields.type();
    }

    @Override
    public @Nullable HttpField getContentEncoding() {
        return null;
    }

    @Override
    public HttpField getContentLength() {
        return new HttpField.LongValueHttpField(HttpHeader.CONTENT_LENGTH, getContentLengthValue());
    }

    @Override
    public long getContentLengthValue() {
        return resource.length();
    }

    @Override
    public HttpField getLastModified() {
        return fields.date();
    }

    @Override
    public Instant getLastModifiedInstant() {
        return fields.modified();
    }

    @Override
    public HttpField getETag() {
        return fields.tag();
    }

    @Override
    public @Nullable String getCharacterEncoding() {
        return null;
    }

    @Override
    public MimeTypes.@Nullable Type getMimeType() {
        return null;
    }

    @Override
    public FileResource getResource() {
        return resource;
    }

    @Override
    public void writeTo(Content.Sink sink, long offset, long length, Callback callback) {
        if (sink instanceof FileResponse response && response.isHead()) {
            sink.write(true, BufferUtil.EMPTY_BUFFER, callback);
            return;
        }
        ByteBuffer bytes = resource.bytes();
        if (bytes == null) {
            IOResources.copy(resource, sink, pool(sink), offset, length, callback);
        } else {
            long count = length < 0 ? bytes.remaining() - offset : length;
            sink.write(true, bytes.slice((int) offset, (int) count), callback);
        }
    }

    private static ByteBufferPool.Sized pool(Content.Sink sink) {
        return sink instanceof FileResponse response
                ? new ByteBufferPool.Sized(
                        response.getRequest().getComponents().getByteBufferPool(), true, PIECE)
                : ByteBufferPool.SIZED_NON_POOLING;
    }

    /** Null makes Jetty send {@code Vary}; the form is chosen here. */
    @Override
    public @Nullable Set<CompressedContentFormat> getPreCompressedContentFormats() {
        return varies ? null : NO_FORMATS;
    }

    @Override
    public void close() throws IOException {
        resource.close();
    }
}
