package dev.jetway.jetty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.jetway.files.ContentCache;
import dev.jetway.files.FileBytes;
import dev.jetway.files.StaticFile;
import dev.jetway.sandbox.file.linux.PathChecks;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.CompressedContentFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.PreCompressedHttpContent;

/**
 * The forms in which static files are sent: a compressed file beside the file, a text compressed
 * here, or the file. Safe to share between threads.
 */
final class FileForms {
    private static final List<CompressedContentFormat> FORMATS =
            List.of(CompressedContentFormat.BR, CompressedContentFormat.GZIP);
    private static final List<String> PREFERRED =
            FORMATS.stream().map(CompressedContentFormat::getEncoding).toList();

    /** Cleaned by the threads that use it: to wake another costs more. */
    private final Cache<FileBytes, FileFields> fields =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    private final PathChecks checks = new PathChecks();
    private final ContentCache contents;

    FileForms(ContentCache contents) {
        this.contents = contents;
    }

    /** The contents of a file, if they are small enough for memory. */
    Optional<FileBytes> small(StaticFile file) throws IOException {
        return contents.plain(file);
    }

    /**
     * The form in which a file is sent.
     *
     * @param plain the file
     * @param packed the compressed form that is sent instead, if there is one
     * @param sent the one of the two that is sent, with its fields
     */
    record Form(FileContent plain, Optional<FileContent> packed, HttpContent sent)
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

    /** Whether the file has other forms for clients that accept them. */
    static boolean varies(StaticFile file, String type) {
        return MediaTypes.isCompressible(type)
                && (file.rules().compress() || file.rules().precompressed());
    }

    /** The form of a file for a client that accepts these fields. */
    Form form(StaticFile file, HttpFields asked, String type, boolean varies) throws IOException {
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
                            ? file.beside(format.getExtension(), checks)
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
        return FileContent.of(file, fields(file, type), varies);
    }

    /** The fields of a file in memory, made once. */
    FileFields fields(FileBytes file, String type) {
        FileFields known = fields.getIfPresent(file);
        if (known == null || !known.mediaType().equals(type)) {
            known = FileFields.of(file.status(), type, file.bytes().length, file.utf8());
            fields.put(file, known);
        }
        return known;
    }
}
