package dev.jetway.server.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.client.Response;

/** The answer of another machine. Closing it ends the transfer. Used by one thread. */
public final class Answer implements AutoCloseable {
    private final Response response;
    private final InputStream body;
    private final Troubles troubles;

    Answer(Response response, InputStream body, Troubles troubles) {
        this.response = response;
        this.body = body;
        this.troubles = troubles;
    }

    public int status() {
        return response.getStatus();
    }

    /** The first field of a name. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(response.getHeaders().get(name));
    }

    /** All fields of a name. */
    List<String> fields(String name) {
        return response.getHeaders().getValuesList(name);
    }

    /** The announced length of the body. */
    public OptionalLong length() {
        long length = response.getHeaders().getLongField("Content-Length");
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /** The media type without parameters. */
    public String mediaType() {
        String type = field("Content-Type").orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip();
    }

    /**
     * The whole body.
     *
     * @param most bytes
     * @param thing what it is, for the message if there is more
     */
    public byte[] bytes(int most, String thing) throws RegistryException, InterruptedException {
        if (length().orElse(0) > most) {
            throw tooLarge(most, thing);
        }
        try {
            byte[] bytes = body.readNBytes(most + 1);
            if (bytes.length > most) {
                throw tooLarge(most, thing);
            }
            return bytes;
        } catch (IOException e) {
            throw troubles.of(e, response.getRequest().getHost());
        }
    }

    private static RegistryException tooLarge(int most, String thing) {
        return new RegistryException(
                "sends " + thing + " of more than " + most + " bytes: refused");
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // The transfer has failed already.
        }
    }
}
