package dev.jetway.server.registry.http;

import java.io.IOException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Connections of one conversation, within its bounds. Nothing is done on its own: no redirect, no
 * credentials, no cookies, no compression. Used by one thread.
 */
final class Connections implements AutoCloseable {
    private static final int MOST_THREADS = 8;
    private static final String AGENT = "Jetway";

    private final HttpClient client;
    private final Troubles troubles;
    private final long start = System.nanoTime();
    private final HttpBounds bounds;

    /**
     * Connections to come.
     *
     * @param home the host that the operator named
     * @param trusted authorities of certificates; those of the JDK if empty
     */
    Connections(String home, HttpBounds bounds, Optional<KeyStore> trusted)
            throws RegistryException {
        this.bounds = bounds;
        this.troubles = new Troubles(bounds.time());
        var threads = new QueuedThreadPool(MOST_THREADS, 1);
        threads.setName("jetway-registry");
        threads.setDaemon(true);
        var scheduler = new ScheduledExecutorScheduler("jetway-registry-times", true);
        var tls = new SslContextFactory.Client();
        trusted.ifPresent(tls::setTrustStore);
        var connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        this.client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(threads);
        client.setScheduler(scheduler);
        client.setSocketAddressResolver(
                new HomeResolver(
                        home,
                        new SocketAddressResolver.Async(
                                threads, scheduler, bounds.idle().toMillis())));
        restrict();
        try {
            client.start();
        } catch (Exception e) {
            close();
            throw new RegistryException("no connection can be opened on this machine");
        }
        client.getProtocolHandlers().clear();
        client.getContentDecoderFactories().clear();
    }

    private void restrict() {
        client.setConnectTimeout(bounds.idle().toMillis());
        client.setIdleTimeout(bounds.idle().toMillis());
        client.setFollowRedirects(false);
        client.setMaxResponseHeadersSize(bounds.fields());
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, AGENT));
    }

    /**
     * Sends a request and waits for the header fields of its answer.
     *
     * @throws IOException the failure as it is
     */
    Answer attempt(Ask ask) throws IOException, InterruptedException {
        long left = bounds.time().toNanos() - (System.nanoTime() - start);
        if (left <= 0) {
            throw new IOException(new TimeoutException("the time of the conversation is over"));
        }
        var listener = new InputStreamResponseListener();
        Request request =
                client.newRequest(ask.target())
                        .method(ask.method())
                        .timeout(left, TimeUnit.NANOSECONDS)
                        .headers(fields -> ask.fields().forEach(fields::put));
        ask.content()
                .ifPresent(content ->
                        request.body(new BytesRequestContent(content.type(), content.bytes())));
        try {
            request.send(listener);
            return new Answer(
                    listener.get(left, TimeUnit.NANOSECONDS), listener.getInputStream(), troubles);
        } catch (ExecutionException | TimeoutException e) {
            var _ = request.abort(e);
            throw new IOException(e);
        } catch (InterruptedException e) {
            var _ = request.abort(e);
            throw e;
        }
    }

    /** Sends a request and waits for the header fields of its answer. */
    Answer send(Ask ask) throws RegistryException, InterruptedException {
        try {
            return attempt(ask);
        } catch (IOException e) {
            throw troubles.of(e, ask.target().getHost());
        }
    }

    /** The failure as a sentence. */
    RegistryException told(IOException failure, String host) throws InterruptedException {
        return troubles.of(failure, host);
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            // Its threads are daemons and end with their connections.
        }
    }
}
