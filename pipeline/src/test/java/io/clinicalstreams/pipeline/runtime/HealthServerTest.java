package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated // replaces standard error
class HealthServerTest {

    private static final String HALF_A_REQUEST = "GET /metrics HTTP/1.1\r\nHost: ";
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** Other programs use this machine: the fastest of some attempts counts, each with slow clients of its own. */
    private static final int ATTEMPTS = 3;

    /** Larger than all buffers between the server and a client that does not read. */
    private static final int LARGE = 8 << 20;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HealthServer server = HealthServer.start("127.0.0.1", 0, registry, List.of());
    private final List<Socket> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 200, HealthServer.CONNECTIONS + 50})
    void answersAtOnceWhileOthersSendTheirRequestsSlowly(int slow) throws IOException {
        String unused = get("/health/live");

        assertThat(fastest(slow, HALF_A_REQUEST)).isLessThan(AT_ONCE);
    }

    @Test
    void answersAtOnceWhileOthersReadTheirResponsesSlowly() throws IOException {
        String unused = get("/health/live");
        Gauge.builder("large", () -> 1).tag("text", "x".repeat(LARGE)).register(registry);

        for (int each = 0; each < 16; each++) {
            assertThat(send(request("GET /metrics")).getInputStream().read())
                    .as("the beginning of the response")
                    .isEqualTo('H');
        }

        assertThat(fastest(0, "")).isLessThan(AT_ONCE);
    }

    @Test
    void givesUpClientsThatStopOrSendAByteNowAndThen() throws IOException {
        assertThat(HealthServer.LONGEST_EXCHANGE).isEqualTo(Duration.ofSeconds(10));
        try (HealthServer hasty = HealthServer.start("127.0.0.1", 0, registry, List.of(), Duration.ofSeconds(1))) {
            Socket silent = send(hasty, HALF_A_REQUEST);
            Socket trickling = send(hasty, HALF_A_REQUEST);
            trickling.setSoTimeout(50);

            assertThat(IntStream.range(0, 400).anyMatch(each -> isGivenUpAfterAnotherByte(trickling)))
                    .isTrue();
            assertThat(silent.getInputStream().read())
                    .as("the end of the stream")
                    .isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /metrics, 200",
        "GET /metrics?name=x, 200",
        "GET /health/live, 200",
        "GET /health/ready, 503",
        "GET /clients, 200",
        "GET /, 404",
        "GET /metrics/, 404",
        "GET /metrics;x, 404",
        "GET /metricsx, 404",
        "GET /health, 404",
        "GET /health/live/x, 404",
        "GET /health/../metrics, 404",
        "GET //metrics, 404",
        "POST /x, 404",
        "POST /metrics, 405",
        "PUT /metrics, 405",
        "DELETE /health/live, 405",
        "OPTIONS /metrics, 405",
        "TRACE /metrics, 405",
    })
    void servesExactPathsToGetAndHeadOnly(String request, int status) throws IOException {
        String response = response(request(request));

        assertThat(response).startsWith("HTTP/1.1 " + status + " ");
        assertThat(response.contains("Allow: GET, HEAD\r\n")).isEqualTo(status == 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/health/live", "/health/ready", "/clients"})
    void headHasTheHeadersOfGetAndNoBody(String path) throws IOException {
        Gauge.builder("constant", () -> 1).register(registry);
        String headers = get(path).split("\r\n\r\n", 2)[0];

        assertThat(response(request("HEAD " + path)).replaceAll("Date:.*", ""))
                .isEqualTo((headers + "\r\n\r\n").replaceAll("Date:.*", ""))
                .contains("Content-Length: ");
    }

    @Test
    void aWrongRequestIsRefusedWithoutAnEcho() throws IOException {
        String oversized = response("GET /metrics HTTP/1.1\r\nHost: x\r\nX: " + "Baggins".repeat(2_000) + "\r\n\r\n");
        String unreadable = response("GET /Baggins\u0001 HTTP/9.9\r\n\r\n");

        assertThat(oversized).startsWith("HTTP/1.1 431 ").doesNotContain("Baggins");
        assertThat(unreadable).startsWith("HTTP/1.1 4").doesNotContain("Baggins");
        assertThat(get("/Baggins")).contains(" 404 ").doesNotContain("Baggins");
    }

    @Test
    void aFaultOfAPageIsAnsweredWithoutItsMessage() throws IOException {
        PrometheusMeterRegistry failing = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT) {
            @Override
            public String scrape() {
                throw new IllegalStateException("the record of Baggins");
            }
        };
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (HealthServer broken = HealthServer.start("127.0.0.1", 0, failing, List.of());
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), broken.port())) {
            socket.getOutputStream().write(request("GET /metrics").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 500 ")
                    .doesNotContain("Baggins");
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("Baggins");
    }

    @Test
    void isReachableFromOtherHostsOnlyIfConfigured() throws IOException {
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .toList();
        assumeThat(others).as("addresses of this host").isNotEmpty();

        for (InetAddress address : others) {
            assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new Socket(address, server.port()).close());
        }
        try (HealthServer everywhere = HealthServer.start("0.0.0.0", 0, registry, List.of())) {
            for (InetAddress address : others) {
                new Socket(address, everywhere.port()).close();
            }
        }
    }

    @Test
    void namesThePortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StartupException.class)
                    .isThrownBy(() -> HealthServer.start("127.0.0.1", other.getLocalPort(), registry, List.of()))
                    .withMessage("cannot listen on 127.0.0.1:" + other.getLocalPort()
                            + ": Address already in use; choose another with --http-address or --http-port");
        }
    }

    private Duration fastest(int slow, String sentBefore) throws IOException {
        List<Duration> times = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (int each = 0; each < slow; each++) {
                Socket unused = send(sentBefore);
            }
            long start = System.nanoTime();
            assertThat(get("/health/live")).contains(" 200 ");
            times.add(Duration.ofNanos(System.nanoTime() - start));
        }
        return times.stream().sorted().findFirst().orElseThrow();
    }

    private static boolean isGivenUpAfterAnotherByte(Socket socket) {
        try {
            socket.getOutputStream().write('x');
            int unused = socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static String request(String line) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    private String get(String path) throws IOException {
        return response(request("GET " + path));
    }

    private String response(String request) throws IOException {
        return new String(send(request).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Socket send(String text) throws IOException {
        return send(server, text);
    }

    private Socket send(HealthServer server, String text) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.setSoTimeout(20_000);
        open.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
