package io.clinicalstreams.pipeline.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Serves {@code /metrics}, {@code /health/live}, {@code /health/ready} and {@code /clients}; none contains patient data
 * or secrets.
 */
final class HealthServer implements AutoCloseable {

    /**
     * A client occupies a thread while it sends its request and reads the response. This many may be slow at once, for
     * a limited time, before a health check has to wait.
     */
    private static final int THREADS = 16;

    /** Seconds until the JDK's server drops a slow client; it reads these from system properties only. */
    private static final Map<String, String> TIMEOUT_SECONDS =
            Map.of("sun.net.httpserver.maxReqTime", "5", "sun.net.httpserver.maxRspTime", "10");

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private final HttpServer server;
    private final ExecutorService executor;

    private HealthServer(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /** @throws StartupException if the address is unknown or the port is in use */
    static HealthServer start(String address, int port, PrometheusMeterRegistry registry, List<RunningLane> lanes) {
        TIMEOUT_SECONDS.forEach((property, seconds) -> {
            String unused = System.setProperty(property, System.getProperty(property, seconds));
        });
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
            server.createContext("/metrics", exchange -> answer(exchange, 200, TEXT, registry.scrape()));
            server.createContext("/health/live", exchange -> health(exchange, lanes, true, RunningLane::isAlive));
            server.createContext("/health/ready", exchange -> health(exchange, lanes, false, RunningLane::isReady));
            server.createContext("/clients", exchange -> answer(exchange, 200, JSON, clients(lanes)));
            ExecutorService executor = Executors.newFixedThreadPool(THREADS, task -> {
                Thread thread = new Thread(task, "http");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(executor);
            server.start();
            return new HealthServer(server, executor);
        } catch (UnknownHostException unknown) {
            throw new StartupException("http-address: unknown host " + address);
        } catch (IOException taken) {
            throw new StartupException("cannot listen on %s:%d: %s; choose another with --http-address or --http-port"
                    .formatted(address, port, taken.getMessage()));
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** @param withoutLanes the result while the lanes are still being prepared */
    private static void health(
            HttpExchange exchange, List<RunningLane> lanes, boolean withoutLanes, Predicate<RunningLane> healthy)
            throws IOException {
        boolean all = lanes.isEmpty() ? withoutLanes : lanes.stream().allMatch(healthy);
        String body = lanes.stream().map(RunningLane::describe).collect(Collectors.joining(",", "[", "]\n"));
        answer(exchange, all ? 200 : 503, JSON, body);
    }

    private static String clients(List<RunningLane> lanes) {
        return ClientSettings.json(lanes.stream().map(RunningLane::clients).toList());
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
