package dev.jetway.jetty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.jetway.base.ByteText;
import dev.jetway.failure.Failure;
import dev.jetway.files.ContentCache;
import dev.jetway.files.FileBytes;
import dev.jetway.files.StaticFile;
import dev.jetway.gateway.FileEnd;
import dev.jetway.http.Field;
import dev.jetway.http.Preconditions;
import dev.jetway.http.Redirection;
import dev.jetway.http.RequestHead;
import java.io.Closeable;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.PreCompressedHttpContent;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Sends static files by Jetty's resource service, in a form that the client accepts: a compressed
 * file beside the file, a text compressed here, or the file. Safe to share between threads.
 */
final class FileSender {
    private static final List<CompressedContentFormat> FORMATS =
            List.of(CompressedContentFormat.BR, CompressedContentFormat.GZIP);
    private static final List<String> PREFERRED =
            FORMATS.stream().map(CompressedContentFormat::getEncoding).toList();

    private static final HttpField VARY =
            new PreEncodedHttpField(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());

    private final FileService service = new FileService();
    private final Cache<FileBytes, FileFields> fields = Caffeine.newBuilder().weakKeys().build();
    private final ContentCache contents;

    FileSender(ContentCache contents) {
        this.contents = contents;
    }

    /**
     * Sends a file. May wait for a disk, never for the client.
     *
     * @param asked the request that the file answers
     * @param response to the client's request
     */
    void send(StaticFile file, RequestHead asked, JettyResponse response, FileEnd end) {
        var to = new FileResponse(response, end);
        Request request = response.jetty().getRequest();
        Form form;
        try {
            form = form(file, request.getHeaders());
        } catch (IOException e) {
            to.fail(FileResponse.failure(e));
            return;
        }
        send(form, file, asked, to);
    }

    private void send(Form form, StaticFile file, RequestHead asked, FileResponse to) {
        HttpFields.Mutable response = to.getHeaders();
        file.rules().cacheControl().ifPresent(c -> response.put(HttpHeader.CACHE_CONTROL, c));
        if (form.plain().getPreCompressedContentFormats() == null) {
            response.put(VARY);
        }
        Callback end = to.closing(form);
        if (asked.redirection().isPresent()) {
            redirected(asked.redirection().get(), to);
            give(form, Optional.empty(), to, end);
            return;
        }
        HttpField tag = form.sent().getETag();
        HttpField date = form.sent().getLastModified();
        int status =
                Preconditions.status(
                        asked, List.of(field(tag), field(date)), InstantSource.system());
        if (status == HttpStatus.NOT_MODIFIED_304) {
            response.put(tag);
            response.put(date);
            to.notModified(end);
        } else if (status == HttpStatus.PRECONDITION_FAILED_412) {
            end.failed(new FileRefused(new Failure.PreconditionFailed()));
        } else {
            ranges(form, to, end);
        }
    }

    private void ranges(Form form, FileResponse to, Callback end) {
        Request request = to.getRequest();
        switch (RangeField.of(request.getMethod(), request.getHeaders(), form.sent())) {
            case RangeField.Use.Whole() -> give(form, Optional.empty(), to, end);
            case RangeField.Use.Parts(String range) -> give(form, Optional.of(range), to, end);
            case RangeField.Use.Unsatisfiable() -> {
                long size = form.sent().getContentLengthValue();
                end.failed(new FileRefused(new Failure.RangeNotSatisfiable(size)));
            }
        }
    }

    private void give(Form form, Optional<String> range, FileResponse to, Callback end) {
        service.doGet(new FileRequest(to.getRequest(), range), to, end, form.sent());
    }

    private static Field field(HttpField field) {
        return new Field(field.getName(), field.getValue());
    }

    /** Sets the status of the error whose page this is. */
    private static void redirected(Redirection before, FileResponse to) {
        before.fields().forEach(f -> to.getHeaders().add(f.name(), ByteText.toLatin1(f.value())));
        if (before.isError()) {
            to.setStatus(before.status());
        }
    }

    /**
     * The form in which a file is sent.
     *
     * @param plain the file
     * @param packed the compressed form that is sent instead, if there is one
     * @param sent the one of the two that is sent, with its fields
     */
    private record Form(FileContent plain, Optional<FileContent> packed, HttpContent sent)
            implements Closeable {
        @Override
        public void close() throws IOException {
            try (plain) {
                if (packed.isPresent()) {
                    packed.get().close();
                }
            }
        }
    }

    private Form form(StaticFile file, HttpFields asked) throws IOException {
        String type = MediaTypes.of(file.name());
        boolean varies =
                MediaTypes.isCompressible(type)
                        && (file.rules().compress() || file.rules().precompressed());
        FileContent plain = content(file, type, varies);
        if (varies && asked.contains(HttpHeader.ACCEPT_ENCODING)) {
            for (CompressedContentFormat format : accepted(asked)) {
                Optional<FileContent> packed = packed(file, type, format);
                if (packed.isPresent()) {
                    var sent = new PreCompressedHttpContent(plain, packed.get(), format);
                    return new Form(plain, packed, sent);
                }
            }
        }
        return new Form(plain, Optional.empty(), plain);
    }

    private static List<CompressedContentFormat> accepted(HttpFields asked) {
        List<String> lines = asked.getValuesList(HttpHeader.ACCEPT_ENCODING);
        return AcceptedCodings.of(lines, PREFERRED).stream()
                .map(coding -> FORMATS.get(PREFERRED.indexOf(coding)))
                .toList();
    }

    /** The compressed form of a file; empty if it cannot be read. */
    private Optional<FileContent> packed(
            StaticFile file, String type, CompressedContentFormat format) {
        try {
            Optional<StaticFile> beside =
                    file.rules().precompressed()
                            ? file.beside(format.getExtension())
                            : Optional.empty();
            if (beside.isPresent()) {
                return Optional.of(content(beside.get(), type, true));
            }
            return file.rules().compress() && format.equals(CompressedContentFormat.GZIP)
                    ? contents.compressed(file).map(bytes -> content(bytes, type, true))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private FileContent content(StaticFile file, String type, boolean varies) throws IOException {
        Optional<FileBytes> small = contents.plain(file);
        return small.isPresent()
                ? content(small.get(), type, varies)
                : FileContent.of(file.open(), type, varies);
    }

    private FileContent content(FileBytes file, String type, boolean varies) {
        FileFields known = fields.getIfPresent(file);
        if (known == null || !known.mediaType().equals(type)) {
            known = FileFields.of(file.status(), type, file.utf8());
            fields.put(file, known);
        }
        return FileContent.of(file, known, varies);
    }
}
