package dev.jetway.jetty;

import dev.jetway.admission.SelectorThread;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.strategy.AdaptiveExecutionStrategy;
import org.jspecify.annotations.Nullable;

/**
 * A connector whose connections tell {@link GatewayHandler} when a client has gone, and whose
 * selectors have a {@link SelectorThread} each, which can run guests.
 */
public final class WatchedConnector extends ServerConnector {
    /** Maximum threads of a port that serve connections and run short guests. */
    private static final int GUEST_SELECTORS = 16;

    /** Whether Jetty runs a task that never blocks at once, so that no guest could run in it. */
    private final boolean isForeign;

    /** A connector with as many selectors as Jetty chooses; the first protocol is the default. */
    public WatchedConnector(Server server, ConnectionFactory... protocols) {
        this(server, -1, protocols);
    }

    /**
     * A connector.
     *
     * @param selectors how many, each with a thread; a processor each uses all of them
     * @param protocols the first is the default
     */
    public WatchedConnector(Server server, int selectors, ConnectionFactory... protocols) {
        super(server, -1, selectors, protocols);
        this.isForeign = false;
    }

    private WatchedConnector(ServerConnector before, int selectors) {
        super(
                before.getServer(),
                ConnectionThreads.over(before.getExecutor()),
                before.getScheduler(),
                before.getByteBufferPool(),
                before.getAcceptors(),
                selectors,
                before.getConnectionFactories().toArray(ConnectionFactory[]::new));
        this.isForeign = true;
    }

    /**
     * A connector with the settings of another that has not been started, for a server whose
     * handlers never block.
     *
     * @param selectors how many, each with a thread
     */
    public static WatchedConnector like(ServerConnector before, int selectors) {
        var connector = new WatchedConnector(before, selectors);
        connector.setName(before.getName());
        connector.setHost(before.getHost());
        connector.setPort(before.getPort());
        connector.setDefaultProtocol(before.getDefaultProtocol());
        connector.setIdleTimeout(before.getIdleTimeout());
        connector.setShutdownIdleTimeout(before.getShutdownIdleTimeout());
        connector.setInheritChannel(before.isInheritChannel());
        connector.setAcceptorPriorityDelta(before.getAcceptorPriorityDelta());
        connector.setAcceptQueueSize(before.getAcceptQueueSize());
        connector.setReuseAddress(before.getReuseAddress());
        connector.setReusePort(before.isReusePort());
        connector.setAcceptedTcpNoDelay(before.getAcceptedTcpNoDelay());
        connector.setAcceptedReceiveBufferSize(before.getAcceptedReceiveBufferSize());
        connector.setAcceptedSendBufferSize(before.getAcceptedSendBufferSize());
        return connector;
    }

    boolean isForeign() {
        return isForeign;
    }

    /** The number of selectors where short guests run: one a processor, within a bound. */
    public static int guestSelectors() {
        return Math.min(GUEST_SELECTORS, Runtime.getRuntime().availableProcessors());
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        var endPoint = new WatchedEndPoint(channel, selector, key, this);
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected SelectorManager newSelectorManager(
            Executor executor, Scheduler scheduler, int selectors) {
        return new Selectors(executor, scheduler, selectors);
    }

    /** Selectors that start on threads of their own instead of Jetty's. */
    private final class Selectors extends ServerConnectorManager {
        private volatile @Nullable Start start;

        Selectors(Executor executor, Scheduler scheduler, int selectors) {
            super(executor, scheduler, selectors);
        }

        @Override
        protected ManagedSelector newSelector(int id) {
            return new ThreadedSelector(this, id);
        }

        @Override
        protected void execute(Runnable task) {
            Start next = start;
            if (next != null && next.by().equals(Thread.currentThread())) {
                start = null;
                new SelectorThread(next.selector(), getExecutor()).start();
            } else {
                super.execute(task);
            }
        }
    }

    /**
     * The start of a selector, the first work of which is to be served.
     *
     * @param by the thread that starts it
     * @param selector serves it
     */
    private record Start(Thread by, Runnable selector) {}

    /** A selector that tells its thread when it waits. */
    static final class ThreadedSelector extends ManagedSelector {
        private final Selectors selectors;
        private long selected;

        private ThreadedSelector(Selectors selectors, int id) {
            super(selectors, id);
            this.selectors = selectors;
        }

        @Override
        protected void doStart() throws Exception {
            Runnable strategy = getBean(AdaptiveExecutionStrategy.class);
            selectors.start = new Start(Thread.currentThread(), strategy);
            super.doStart();
        }

        @Override
        protected int nioSelect(Selector selector, boolean now) throws IOException {
            if (Thread.currentThread() instanceof SelectorThread own) {
                own.waits();
            }
            int ready = super.nioSelect(selector, now);
            selected = System.nanoTime();
            return ready;
        }

        /** The time in nanoseconds after the last selection; for the thread that serves it. */
        long selected() {
            return selected;
        }
    }
}
