package dev.jetway.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/**
 * Sends one HTTP/2 request as bytes and reads the frames of the answer, without a library that
 * could repair anything.
 */
final class RawHttp2 {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int FRAME = 16_384;

    private RawHttp2() {}

    /**
     * An answer.
     *
     * @param status 0 if there was no head
     * @param fields one character for each byte
     * @param body all of its bytes, one character each
     * @param reset the code of RST_STREAM, -1 if there was none
     * @param last bytes of the body in the frame that ended it
     */
    record Answer(int status, List<HttpField> fields, String body, int reset, int last) {
        List<String> values(String name) {
            return fields.stream()
                    .filter(f -> f.getName().equalsIgnoreCase(name))
                    .map(HttpField::getValue)
                    .toList();
        }
    }

    /** A request without a body; each character of a text is a byte. */
    static Answer send(URI server, String method, String host, String target, String... fields)
            throws IOException {
        return send(server, 0, method, host, target, fields);
    }

    /** A request whose body has that many bytes, sent as far as the server lets it. */
    static Answer send(
            URI server, int upload, String method, String host, String target, String... fields)
            throws IOException {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(frame(SETTINGS, 0, 0, new byte[0]));
            byte[] head = head(method, host, target, fields);
            out.write(
                    frame(HEADERS, upload > 0 ? END_HEADERS : (END_HEADERS | END_STREAM), 1, head));
            // The size of a stream's first window; more would have to wait.
            for (int sent = 0; sent < Math.min(upload, 65_535 - FRAME); sent += FRAME) {
                out.write(frame(DATA, 0, 1, new byte[FRAME]));
            }
            out.flush();
            return read(new DataInputStream(socket.getInputStream()), out, upload > 0);
        } catch (HpackException e) {
            throw new IOException(e);
        }
    }

    private static byte[] head(String method, String host, String target, String... fields) {
        var block = new ByteArrayOutputStream();
        field(block, ":method", method);
        field(block, ":scheme", "http");
        field(block, ":path", target);
        field(block, ":authority", host);
        for (String field : fields) {
            int colon = field.indexOf(':');
            field(block, field.substring(0, colon), field.substring(colon + 1));
        }
        return block.toByteArray();
    }

    /** Literal, never indexed, without Huffman's code (RFC 7541 §6.2.3). */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0x10);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length - 127;
        block.write(rest < 0 ? bytes.length : 127);
        if (rest >= 0) {
            for (; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static Answer read(DataInputStream in, OutputStream out, boolean untilReset)
            throws IOException, HpackException {
        var decoder = new HpackDecoder(1 << 20, System::nanoTime);
        var body = new StringBuilder();
        var fields = new ArrayList<HttpField>();
        int status = 0;
        int last = 0;
        while (true) {
            int lengthAndType = in.readInt();
            int type = lengthAndType & 0xff;
            int flags = in.read();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(lengthAndType >>> 8);
            if (type == SETTINGS && (flags & 1) == 0) {
                out.write(frame(SETTINGS, 1, 0, new byte[0]));
            } else if (stream != 1) {
                continue;
            } else if (type == RST_STREAM) {
                return new Answer(
                        status, fields, body.toString(), ByteBuffer.wrap(payload).getInt(), last);
            } else if (type == HEADERS) {
                var head = (MetaData.Response) decoder.decode(ByteBuffer.wrap(payload));
                status = head.getStatus();
                head.getHttpFields().forEach(fields::add);
            } else if (type == DATA) {
                body.append(new String(payload, StandardCharsets.ISO_8859_1));
            }
            boolean end = (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
            last = end && type == DATA ? payload.length : last;
            if (end && !untilReset) {
                return new Answer(status, fields, body.toString(), -1, last);
            }
        }
    }
}
