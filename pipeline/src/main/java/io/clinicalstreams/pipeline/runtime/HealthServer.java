package io.clinicalstreams.pipeline.runtime;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics}, {@code /health/live}, {@code /health/ready} and {@code /clients}; none contains patient data
 * or secrets. A slow client occupies no thread: only a connection, for at most {@link #LONGEST_EXCHANGE}.
 */
final class HealthServer implements AutoCloseable {

    /** Connections at once; probes and scrapers need a few. */
    static final int CONNECTIONS = 256;

    /** From connecting to the last byte of the response; Prometheus waits as long by default. */
    static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(10);

    private static final int LARGEST_HEADER = 8 * 1024;

    /** Jetty takes two for itself. */
    private static final int THREADS = 6;

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);

    private final Server server;
    private final ServerConnector connector;

    private HealthServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    private record Answer(int status, String type, String body) {

        static Answer of(int status) {
            return new Answer(status, TEXT, HttpStatus.getMessage(status) + "\n");
        }

        boolean write(Request request, Response response, Callback callback) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
            response.write(true, HttpMethod.HEAD.is(request.getMethod()) ? null : ByteBuffer.wrap(bytes), callback);
            return true;
        }
    }

    /** @throws StartupException if the address is unknown or the port is in use */
    static HealthServer start(String address, int port, PrometheusMeterRegistry registry, List<RunningLane> lanes) {
        return start(address, port, registry, lanes, LONGEST_EXCHANGE);
    }

    /** The same with another limit for a connection. */
    static HealthServer start(
            String address, int port, PrometheusMeterRegistry registry, List<RunningLane> lanes, Duration longest) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        Server server = new Server(threads);
        server.setHandler(handler(Map.of(
                "/metrics", () -> new Answer(200, TEXT, registry.scrape()),
                "/health/live", () -> health(lanes, true, RunningLane.Health::isAlive),
                "/health/ready", () -> health(lanes, false, RunningLane.Health::isReady),
                "/clients", () -> new Answer(200, JSON, clients(lanes)))));
        // Jetty's own page would repeat the request.
        server.setErrorHandler(
                (request, response, callback) -> Answer.of(response.getStatus()).write(request, response, callback));
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        // Off: each connection has a time limit of its own.
        connector.setIdleTimeout(0);
        connector.setAcceptQueueSize(CONNECTIONS);
        connector.addBean(new ConnectionLimits(CONNECTIONS, longest, connector.getScheduler()));
        server.addConnector(connector);
        HealthServer started = new HealthServer(server, connector);
        try {
            connector.setHost(InetAddress.getByName(address).getHostAddress());
            connector.setPort(port);
            connector.open();
            server.start();
            return started;
        } catch (UnknownHostException unknown) {
            throw new StartupException("http-address: unknown host " + address);
        } catch (IOException taken) {
            Throwable cause = taken.getCause() == null ? taken : taken.getCause();
            throw new StartupException("cannot listen on %s:%d: %s; choose another with --http-address or --http-port"
                    .formatted(address, port, cause.getMessage()));
        } catch (Exception failure) {
            throw new IllegalStateException("the HTTP server does not start", failure);
        }
    }

    /** One request for each connection: no idle ones to keep, and a limited lifetime cuts no second request. */
    private static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setPersistentConnectionsEnabled(false);
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(LARGEST_HEADER);
        // Pages are found by their exact path, so an ambiguous one is a path without a page.
        http.setUriCompliance(UriCompliance.UNSAFE);
        return http;
    }

    private static Handler handler(Map<String, Supplier<Answer>> pages) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return answer(request, response).write(request, response, callback);
            }

            private Answer answer(Request request, Response response) {
                Supplier<Answer> page = pages.get(request.getHttpURI().getPath());
                if (page == null) {
                    return Answer.of(HttpStatus.NOT_FOUND_404);
                }
                if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
                    response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
                    return Answer.of(HttpStatus.METHOD_NOT_ALLOWED_405);
                }
                try {
                    return page.get();
                } catch (RuntimeException failure) {
                    LOG.atError()
                            .addKeyValue("reason", failure.getClass().getName())
                            .log("cannot answer an HTTP request");
                    return Answer.of(HttpStatus.INTERNAL_SERVER_ERROR_500);
                }
            }
        };
    }

    int port() {
        return connector.getLocalPort();
    }

    /** @param withoutLanes the result while the lanes are still being prepared */
    private static Answer health(List<RunningLane> lanes, boolean withoutLanes, Predicate<RunningLane.Health> healthy) {
        List<RunningLane.Health> now = lanes.stream().map(RunningLane::health).toList();
        boolean all = now.isEmpty() ? withoutLanes : now.stream().allMatch(healthy);
        String body = now.stream().map(RunningLane.Health::json).collect(Collectors.joining(",", "[", "]\n"));
        return new Answer(all ? 200 : 503, JSON, body);
    }

    private static String clients(List<RunningLane> lanes) {
        return ClientSettings.json(lanes.stream().map(RunningLane::clients).toList());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            LOG.atWarn()
                    .addKeyValue("reason", failure.getClass().getName())
                    .log("the HTTP server did not stop cleanly");
        }
    }
}
