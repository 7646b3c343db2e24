package dev.jetway.jetty;

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
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Sends static files in a form that the client accepts: all of a small file by one write, all else
 * by Jetty's resource service. Safe to share between threads.
 */
final class FileSender {
    /** Fields of requests that choose between the file, a form or part of it, and nothing. */
    private static final Set<HttpHeader> SELECTING =
            EnumSet.of(
                    HttpHeader.ACCEPT_ENCODING,
                    HttpHeader.RANGE,
                    HttpHeader.IF_MATCH,
                    HttpHeader.IF_NONE_MATCH,
                    HttpHeader.IF_MODIFIED_SINCE,
                    HttpHeader.IF_UNMODIFIED_SINCE,
                    HttpHeader.IF_RANGE);

    private static final HttpField VARY =
            new PreEncodedHttpField(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());

    private final FileService service = new FileService();
    private final FileForms forms;

    FileSender(ContentCache contents) {
        this.forms = new FileForms(contents);
    }

    /**
     * Sends a file. May wait for a disk, never for the client.
     *
     * @param asked the request that the file answers
     * @param response to the client's request
     */
    void send(StaticFile file, RequestHead asked, JettyResponse response, FileEnd end) {
        HttpFields asks = response.jetty().getRequest().getHeaders();
        String type = MediaTypes.of(file.name());
        boolean varies = FileForms.varies(file, type);
        var to = new FileResponse(response, end);
        FileForms.Form form;
        try {
            if (asked.redirection().isEmpty() && wantsAll(asks, varies)) {
                Optional<FileBytes> small = forms.small(file);
                if (small.isPresent()) {
                    whole(file, small.get(), forms.fields(small.get(), type), varies, to);
                    return;
                }
            }
            form = forms.form(file, asks, type, varies);
        } catch (IOException e) {
            to.fail(FileResponse.failure(e));
            return;
        }
        send(form, file, asked, to);
    }

    /** Whether the request is for the whole file without conditions, as most are. */
    private static boolean wantsAll(HttpFields asks, boolean varies) {
        for (HttpField field : asks) {
            HttpHeader name = field.getHeader();
            if (name != null
                    && SELECTING.contains(name)
                    && (varies || name != HttpHeader.ACCEPT_ENCODING)) {
                return false;
            }
        }
        return true;
    }

    /** Sends a file in memory by one write. */
    private static void whole(
            StaticFile file, FileBytes bytes, FileFields known, boolean varies, FileResponse to) {
        ruled(file, varies, to).add(known.whole());
        to.whole(bytes.bytes());
    }

    /** The fields of a response, with those that do not depend on the contents. */
    private static HttpFields.Mutable ruled(StaticFile file, boolean varies, FileResponse to) {
        HttpFields.Mutable response = to.getHeaders();
        file.rules().cacheControl().ifPresent(c -> response.put(HttpHeader.CACHE_CONTROL, c));
        if (varies) {
            response.put(VARY);
        }
        return response;
    }

    private void send(FileForms.Form form, StaticFile file, RequestHead asked, FileResponse to) {
        boolean varies = form.plain().getPreCompressedContentFormats() == null;
        HttpFields.Mutable response = ruled(file, varies, to);
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

    private void ranges(FileForms.Form form, FileResponse to, Callback end) {
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

    private void give(FileForms.Form form, Optional<String> range, FileResponse to, Callback end) {
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
}
