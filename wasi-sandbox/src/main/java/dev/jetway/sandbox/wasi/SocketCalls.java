package dev.jetway.sandbox.wasi;

import dev.jetway.sandbox.file.Errno;
import dev.jetway.sandbox.host.GuestMemory;
import java.util.List;

/** The functions of sockets; no guest has a socket. */
final class SocketCalls {
    static final List<WasiFunction> ALL =
            List.of(
                    new WasiFunction("sock_accept", "iii", SocketCalls::none),
                    new WasiFunction("sock_recv", "iiiiii", SocketCalls::none),
                    new WasiFunction("sock_send", "iiiii", SocketCalls::none),
                    new WasiFunction("sock_shutdown", "ii", SocketCalls::none));

    private SocketCalls() {}

    private static void none(WasiRun run, GuestMemory memory, long... a) {
        run.descriptors().get((int) a[0]);
        throw Errno.NOTSOCK.failure();
    }
}
