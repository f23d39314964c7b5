package io.clinicalstreams.topics.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A server other than Kafka is detected before a client reads its answer as a size. */
class ListenerProbeTest {

    private static final byte[] HTTP = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SILENCE = {};

    private final ListenerProbe greeting = new ListenerProbe(Duration.ofMillis(200), Duration.ofMillis(400));

    /** A command that opens a client. */
    @Command(name = "open")
    private static final class Opening implements Runnable {

        @Mixin
        private final ClusterOptions cluster = new ClusterOptions();

        @Override
        public void run() {
            cluster.admin(CatalogueLoader.load("development").where()).close(Duration.ZERO);
        }
    }

    @Test
    void refusesAServerThatAnswersInHttp() throws IOException {
        try (Listener web = Listener.saying(HTTP)) {
            assertThatThrownBy(() -> greeting.exchangeWith(List.of(web.address())))
                    .isInstanceOf(CommandException.class)
                    .hasMessage(web.hostAndPort() + " does not speak Kafka");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, (1 << 20) + 1, Integer.MAX_VALUE})
    void refusesASizeThatNoBrokerSends(int size) throws IOException {
        try (Listener other = Listener.saying(bytes(size))) {
            assertThatThrownBy(() -> greeting.exchangeWith(List.of(other.address())))
                    .isInstanceOf(CommandException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300, 1 << 20})
    void acceptsASizeThatABrokerCouldSend(int size) throws IOException {
        try (Listener broker = Listener.saying(bytes(size))) {
            assertThatNoException().isThrownBy(() -> greeting.exchangeWith(List.of(broker.address())));
        }
    }

    @Test
    void asksForVersionsInKafkasOwnForm() throws IOException {
        try (Listener broker = Listener.saying(bytes(300))) {
            greeting.exchangeWith(List.of(broker.address()));

            ByteBuffer heard = ByteBuffer.wrap(broker.heard().get(0));
            RequestHeader header = RequestHeader.parse(heard);
            assertThat(header.apiKey()).isEqualTo(ApiKeys.API_VERSIONS);
            assertThat(header.apiVersion()).isZero();
            assertThat(header.clientId()).isEqualTo("clinical-streams");
            assertThat(heard.remaining()).as("version 0 has no body").isZero();
        }
    }

    @Test
    void leavesASilentServerToTheClient() throws IOException {
        try (Listener silent = Listener.saying(SILENCE)) {
            assertTimeout(Duration.ofSeconds(2), () -> greeting.exchangeWith(List.of(silent.address())));
        }
    }

    @Test
    void leavesARefusedConnectionToTheClient() throws IOException {
        InetSocketAddress closed;
        try (Listener listener = Listener.saying(SILENCE)) {
            closed = listener.address();
        }

        assertThatNoException().isThrownBy(() -> greeting.exchangeWith(List.of(closed)));
    }

    @Test
    void asksTheNextBrokerIfTheFirstDoesNotAnswer() throws IOException {
        try (Listener silent = Listener.saying(SILENCE);
                Listener web = Listener.saying(HTTP)) {
            assertThatThrownBy(() -> greeting.exchangeWith(List.of(silent.address(), web.address())))
                    .hasMessage(web.hostAndPort() + " does not speak Kafka");
        }
    }

    @Test
    void takesNoLongerForManyThanForAFew() throws IOException {
        try (Listener silent = Listener.saying(SILENCE)) {
            List<InetSocketAddress> many = Collections.nCopies(50, silent.address());

            assertTimeout(Duration.ofSeconds(5), () -> greeting.exchangeWith(many));
        }
    }

    @Test
    void endsTheCommandWithOneLineBeforeAClientIsOpened() throws IOException {
        StringWriter err = new StringWriter();
        try (Listener web = Listener.saying(HTTP)) {
            int exitCode = CommandKit.of(new CommandLine(new Opening()))
                    .setErr(new PrintWriter(err, true))
                    .execute("--bootstrap-server", web.hostAndPort());

            assertThat(exitCode).isEqualTo(1);
            assertThat(err.toString().lines()).containsExactly(web.hostAndPort() + " does not speak Kafka");
            assertThat(web.heard()).hasSize(1);
        }
    }

    private static byte[] bytes(int size) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(size).array();
    }
}
