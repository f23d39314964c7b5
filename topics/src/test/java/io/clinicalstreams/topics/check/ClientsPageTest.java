package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Any answer there leaves the other checks' results intact. */
class ClientsPageTest {

    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void isNotWaitedForWhenItsBodyNeverEnds() {
        server.createContext("/clients", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[5]);
            exchange.getResponseBody().flush();
            await(over);
        });

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThatIOException()
                .isThrownBy(() -> ClientsPage.fetch(service()))
                .withMessage("did not answer completely within 5 s"));
    }

    @Test
    void isNotReadToAnEndThatNeverComes() {
        server.createContext("/clients", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    body.write(new byte[1 << 16]);
                }
            }
        });

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThatIOException()
                .isThrownBy(() -> ClientsPage.fetch(service()))
                .withMessage("answers with more than 4194304 bytes, so it is not a service"));
    }

    @Test
    void reportsTheHttpStatusOfAnotherServer() {
        server.createContext("/clients", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });

        assertThatIOException().isThrownBy(() -> ClientsPage.fetch(service())).withMessage("answers with status 404");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private URI service() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }
}
