package io.clinicalstreams.topics.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Every Kafka error becomes one line, with an exit code that distinguishes a wrong setting from an unreachable cluster.
 */
class OneLineErrorsTest {

    private final StringWriter err = new StringWriter();

    /** A command that fails. */
    @Command(name = "fail")
    private record Failing(Exception failure) implements Callable<Integer> {

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }

    @AfterEach
    void letTheNextTestBegin() {
        boolean unused = Thread.interrupted();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void becomeOneLineAndAnExitCode(Exception failure, int exitCode, String line) {
        int actual = run(failure);

        assertThat(err.toString().lines()).containsExactly(line);
        assertThat(actual).isEqualTo(exitCode);
    }

    @Test
    void reportsOnlyThatItWasInterrupted() {
        assertThat(run(new InterruptException(new InterruptedException()))).isEqualTo(1);

        assertThat(err.toString().lines()).containsExactly("interrupted");
    }

    private int run(Exception failure) {
        return CommandKit.of(new CommandLine(new Failing(failure)))
                .setErr(new PrintWriter(err, true))
                .execute();
    }

    static Stream<Arguments> failures() {
        KafkaException unopened =
                new KafkaException("Failed to construct kafka consumer", new IllegalArgumentException("no login"));
        return Stream.of(
                Arguments.of(new AccessDeniedException("report.json"), 1, "report.json: permission denied"),
                Arguments.of(
                        new UncheckedIOException(
                                new FileSystemException("server.properties", null, "No space left on device")),
                        1,
                        "server.properties: no space left on device"),
                Arguments.of(
                        new TimeoutException("no\n  answer"),
                        1,
                        "the cluster cannot be reached, or its listener uses another security.protocol: no answer"),
                Arguments.of(
                        new SaslAuthenticationException("wrong password"),
                        1,
                        "the cluster does not accept these credentials: wrong password"),
                Arguments.of(
                        new SslAuthenticationException("SSL handshake failed", new SSLHandshakeException("PKIX path")),
                        1,
                        "the cluster's certificate is not trusted: SSL handshake failed: PKIX path"),
                Arguments.of(
                        new SslAuthenticationException(
                                "SSL handshake failed",
                                new SSLHandshakeException("Received fatal alert: bad_certificate")),
                        1,
                        "the cluster does not accept these credentials: SSL handshake failed: "
                                + "Received fatal alert: bad_certificate"),
                Arguments.of(
                        new TopicAuthorizationException("not this topic"),
                        1,
                        "the cluster does not allow this: not this topic"),
                Arguments.of(new KafkaException("first\n\nsecond"), 1, "Kafka refused: first second"),
                Arguments.of(
                        unopened,
                        2,
                        "no client can be created with these settings: Failed to construct kafka consumer: no login"),
                Arguments.of(
                        new KafkaException("no client", new ConfigException("no port")),
                        2,
                        "no client can be created with these settings: no client: no port"));
    }
}
