package io.clinicalstreams.topics.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The user reads one line with the innermost cause. */
class ClusterAnswerTest {

    /** Kafka's own rule, which it applies when a client is created. */
    @ParameterizedTest
    @CsvSource({
        "     ,      , 5000,  15000",
        "20000,      , 20000, ",
        "     ,  9000, 5000,  9000",
        "20000, 40000, 20000, 40000"
    })
    void anyTimeoutOfTheUserIsAccepted(
            @Nullable String givenRequest, @Nullable String givenApi, String request, @Nullable String api) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", "localhost:1"));
        if (givenRequest != null) {
            settings.put("request.timeout.ms", givenRequest);
        }
        if (givenApi != null) {
            settings.put("default.api.timeout.ms", givenApi);
        }

        Map<String, Object> all = ClusterAnswer.within(Duration.ofSeconds(15), settings);

        assertThat(all.get("request.timeout.ms")).isEqualTo(request);
        assertThat(all.get("default.api.timeout.ms")).isEqualTo(api);
        Admin.create(all).close(Duration.ZERO);
    }

    @Test
    void goesDownToTheDeepestCause() {
        assertThat(ClusterAnswer.inWords(new KafkaException("no client", new IllegalArgumentException("no login"))))
                .isEqualTo("no client: no login");
    }

    @Test
    void omitsMessagesThatOnlyRepeatTheirCause() {
        Throwable file = new NoSuchFileException("/nowhere.jks");

        assertThat(ClusterAnswer.inWords(new KafkaException(new KafkaException("no store", file))))
                .isEqualTo("no store: NoSuchFileException: /nowhere.jks");
        assertThat(ClusterAnswer.inWords(new TimeoutException("a call timed out", new TimeoutException("timed out"))))
                .isEqualTo("a call timed out");
    }

    @Test
    void joinsSeveralLinesIntoOne() {
        assertThat(ClusterAnswer.inWords(new KafkaException("first\n\n   second\r\nthird")))
                .isEqualTo("first second third");
    }

    @Test
    void namesAnExceptionWithoutAMessageByItsKind() {
        assertThat(ClusterAnswer.inWords(new TimeoutException())).isEqualTo("TimeoutException");
    }

    @Test
    void aLateAnswerIsATimeout() {
        assertThatThrownBy(() -> ClusterAnswer.of(new CompletableFuture<>(), Duration.ofMillis(1)))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void aRefusalIsTheClustersOwn() {
        TimeoutException refused = new TimeoutException("no");

        assertThat(ClusterAnswer.refusal(CompletableFuture.failedFuture(refused)))
                .containsSame(refused);
        assertThat(ClusterAnswer.refusal(CompletableFuture.completedFuture(7))).isEmpty();
    }

    @Test
    void aFailureThatIsNotKafkasIsARefusalWithItsCause() {
        IllegalStateException cause = new IllegalStateException("closed");

        assertThat(ClusterAnswer.refusal(CompletableFuture.failedFuture(cause)))
                .hasValueSatisfying(refused -> assertThat(refused).hasCause(cause));
    }

    @Test
    void anErrorIsNoRefusal() {
        Future<Integer> failed = CompletableFuture.failedFuture(new StackOverflowError());

        assertThatThrownBy(() -> ClusterAnswer.refusal(failed)).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aFaultOfTheQuestionIsNoRefusal() {
        assertThatThrownBy(() -> ClusterAnswer.of(ClusterAnswer.ask(() -> {
                    throw new IllegalStateException("a fault of ours");
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a fault of ours");
    }

    @Test
    void aRefusedQuestionIsReadLater() {
        TimeoutException refused = new TimeoutException("no");

        assertThat(ClusterAnswer.refusal(ClusterAnswer.ask(() -> {
                    throw refused;
                })))
                .containsSame(refused);
    }

    @Test
    void queriesOnceForAllItsReaders() {
        AtomicInteger asked = new AtomicInteger();

        Future<Integer> answer = ClusterAnswer.ask(asked::incrementAndGet);

        assertThat(ClusterAnswer.of(answer)).isEqualTo(ClusterAnswer.of(answer)).isEqualTo(1);
    }
}
