package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {

    /** More than the two that could be served at once before. */
    private static final int SLOW = 8;

    private final HealthServer server =
            HealthServer.start("127.0.0.1", 0, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), List.of());
    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
        server.close();
    }

    @Test
    void answersWhetherItLivesWhileOthersSendTheirRequestsSlowly() throws Exception {
        for (int each = 0; each < SLOW; each++) {
            Socket unused = sendHalfARequest();
        }

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/health/live"))
                                .timeout(Duration.ofSeconds(3))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void givesAClientUpThatDoesNotEndItsRequest() throws IOException {
        Socket socket = sendHalfARequest();
        socket.setSoTimeout(20_000);

        assertThat(socket.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
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
        try (HealthServer everywhere =
                HealthServer.start("0.0.0.0", 0, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), List.of())) {
            for (InetAddress address : others) {
                new Socket(address, everywhere.port()).close();
            }
        }
    }

    private Socket sendHalfARequest() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(socket);
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }
}
