package dev.jetway.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration on {@code SIGHUP}, as is usual on Unix. Java offers signals by {@code
 * sun.misc.Signal} only, for which the compiler's warning cannot be suppressed: so the class is
 * named as text.
 */
final class HangUp {
    private static final Logger LOG = LoggerFactory.getLogger(HangUp.class);

    private HangUp() {}

    /** Installs the signal's handler. Does nothing on systems without the signal. */
    static void onSignal(JetwayServer server) {
        try {
            take(server);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.debug("this system has no SIGHUP, or the JVM was told to leave it alone", e);
        }
    }

    private static void take(JetwayServer server) throws ReflectiveOperationException {
        var lookup = MethodHandles.lookup();
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Runnable reload = () -> reload(server);
        MethodHandle run =
                lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                        .bindTo(reload);
        Object taken =
                MethodHandleProxies.asInterfaceInstance(
                        handler, MethodHandles.dropArguments(run, 0, signal));
        MethodHandle make =
                lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
        MethodHandle handle =
                lookup.findStatic(
                        signal, "handle", MethodType.methodType(handler, signal, handler));
        try {
            var _ = handle.invoke(make.invoke("HUP"), taken);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new ReflectiveOperationException(e);
        }
    }

    private static void reload(JetwayServer server) {
        try {
            server.reload();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
