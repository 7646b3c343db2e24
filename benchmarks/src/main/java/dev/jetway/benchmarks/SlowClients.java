package dev.jetway.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that are slow, half of them readers of a large response, half senders of a large body.
 * Runs until it is killed; prints {@code ready} when all are connected, {@code lost N} if some were
 * cut off.
 */
final class SlowClients {
    private static final Duration TURN = Duration.ofMillis(100);
    private static final Duration PACE = Duration.ofMillis(10);
    private static final int READ_A_TURN = 1 << 10;
    private static final int SENT_A_TURN = 16;
    private static final int BODY = 1_000_000;

    private SlowClients() {}

    /** Arguments: the port, readers and senders, the readers' path, the senders' path. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int each = Integer.parseInt(arguments[1]);
        var readers = new ArrayList<SocketChannel>();
        var senders = new ArrayList<SocketChannel>();
        String get =
                "GET " + arguments[2] + " HTTP/1.1\r\nHost: a\r\nX-Probe: body=20000000\r\n\r\n";
        String post =
                "POST "
                        + arguments[3]
                        + " HTTP/1.1\r\nHost: a\r\nContent-Length: "
                        + BODY
                        + "\r\n\r\n";
        for (int i = 0; i < each; i++) {
            readers.add(connect(port, get));
            senders.add(connect(port, post));
            LockSupport.parkNanos(PACE.toNanos());
        }
        System.out.println("ready");
        while (true) {
            int lost = turn(readers, senders);
            if (lost > 0) {
                System.out.println("lost " + lost);
            }
            LockSupport.parkNanos(TURN.toNanos());
        }
    }

    private static SocketChannel connect(int port, String head) throws IOException {
        var channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        return channel;
    }

    private static int turn(List<SocketChannel> readers, List<SocketChannel> senders) {
        int before = readers.size() + senders.size();
        readers.removeIf(channel -> !read(channel));
        senders.removeIf(channel -> !send(channel));
        return before - readers.size() - senders.size();
    }

    private static boolean read(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(READ_A_TURN)) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean send(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.allocate(SENT_A_TURN));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
