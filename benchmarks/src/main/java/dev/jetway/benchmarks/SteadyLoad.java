package dev.jetway.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Requests at a steady rate, one after the other at equal distances, each on a connection that is
 * free. A latency begins when its request was due: what waits behind a slow answer counts too.
 */
final class SteadyLoad implements AutoCloseable {
    private static final int BUFFER = 16 << 10;
    private static final int HEAD_END = 4;

    /** Nanoseconds between two looks for what is due and what has come, and their error. */
    private static final long PAUSE = 20_000;

    private static final String LENGTH = "content-length: ";

    private final Selector selector = Selector.open();
    private final Deque<Exchange> free = new ArrayDeque<>();
    private final long distance;
    private final long[] latencies;
    private final byte[] request;
    private int answerLength;

    /** Connects; all arguments are those of {@link #main}. */
    private SteadyLoad(int port, String path, int connections, int rate, int count)
            throws IOException {
        distance = 1_000_000_000L / rate;
        latencies = new long[count];
        request =
                ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < connections; i++) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            SocketChannel channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            var exchange = new Exchange(channel);
            channel.register(selector, SelectionKey.OP_READ, exchange);
            free.add(exchange);
        }
    }

    /**
     * Prints the milliseconds of the 50th, 99th and 99.9th percentile.
     *
     * @param arguments port, path, connections, requests/s, seconds
     */
    public static void main(String[] arguments) throws IOException {
        int rate = Integer.parseInt(arguments[3]);
        int count = rate * Integer.parseInt(arguments[4]);
        try (var load =
                new SteadyLoad(
                        Integer.parseInt(arguments[0]),
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        rate,
                        count)) {
            load.run();
            Arrays.sort(load.latencies);
            System.out.printf(
                    "%.3f %.3f %.3f%n", load.millis(0.5), load.millis(0.99), load.millis(0.999));
        }
    }

    private double millis(double share) {
        return latencies[(int) (latencies.length * share)] / 1e6;
    }

    private void run() throws IOException {
        int sent = 0;
        int ended = 0;
        long start = System.nanoTime();
        while (ended < latencies.length) {
            while (sent < latencies.length
                    && !free.isEmpty()
                    && System.nanoTime() - start >= sent * distance) {
                free.remove().send(start + sent * distance);
                sent++;
            }
            int taken = answers(ended);
            ended += taken;
            if (taken == 0) {
                // A thread that never waits would take a processor from the server.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** Takes the answers that have come. */
    private int answers(int ended) throws IOException {
        int taken = ended;
        if (selector.selectNow() > 0) {
            for (SelectionKey key : selector.selectedKeys()) {
                var exchange = (Exchange) key.attachment();
                if (exchange.isAnswered()) {
                    latencies[taken++] = System.nanoTime() - exchange.dueAt;
                    free.add(exchange);
                }
            }
            selector.selectedKeys().clear();
        }
        return taken - ended;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    /** A connection and its request, if it has one. */
    private final class Exchange {
        private final SocketChannel channel;
        private final ByteBuffer answer = ByteBuffer.allocateDirect(BUFFER);
        private final ByteBuffer question = ByteBuffer.allocateDirect(request.length).put(request);
        private long dueAt;

        Exchange(SocketChannel channel) {
            this.channel = channel;
        }

        void send(long due) throws IOException {
            dueAt = due;
            question.rewind();
            channel.write(question);
        }

        boolean isAnswered() throws IOException {
            if (channel.read(answer) < 0) {
                throw new EOFException("the server closed a connection");
            }
            if (answerLength == 0) {
                answerLength = length(answer.duplicate().flip());
            }
            if (answerLength == 0 || answer.position() < answerLength) {
                return false;
            }
            answer.clear();
            return true;
        }

        /** The length of an answer, which all have; 0 if it has not come as a whole. */
        private static int length(ByteBuffer bytes) throws IOException {
            String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                return 0;
            }
            String head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
            int field = head.indexOf(LENGTH);
            if (field < 0 || !head.startsWith("http/1.1 200 ")) {
                throw new IOException("no answer with a length: " + head);
            }
            int value = field + LENGTH.length();
            int body = Integer.parseInt(head.substring(value, head.indexOf('\r', value)));
            return text.length() - end - HEAD_END >= body ? end + HEAD_END + body : 0;
        }
    }
}
