package dev.jetway.server.http;

import dev.jetway.base.BoundedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers {@code /.well-known/acme-challenge/} from one folder, before all sites, routes and
 * redirects, so that {@code certbot --webroot} works (RFC 8555 §8.3).
 */
public final class AcmeHandler extends Handler.Wrapper {
    /** The path of challenges. */
    static final String PREFIX = "/.well-known/acme-challenge/";

    /** Maximum bytes of an answer. */
    static final int MAX_BYTES = 4096;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,200}");

    private final Path folder;

    /**
     * A handler that passes on all other requests.
     *
     * @param webroot the folder given to certbot, with challenges below {@code .well-known}
     */
    public AcmeHandler(Path webroot, Handler next) {
        super(next);
        this.folder = webroot.resolve(PREFIX.substring(1));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path == null || !path.startsWith(PREFIX)) {
            return super.handle(request, response, callback);
        }
        Optional<byte[]> answer = answer(path.substring(PREFIX.length()));
        if (answer.isEmpty()) {
            Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            return true;
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
        response.write(true, ByteBuffer.wrap(answer.get()), callback);
        return true;
    }

    private Optional<byte[]> answer(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        Path file = folder.resolve(token);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? BoundedFile.bytes(file, MAX_BYTES)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
