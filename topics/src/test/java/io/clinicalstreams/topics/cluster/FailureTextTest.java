package io.clinicalstreams.topics.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** A person at a terminal reads one line, and it says the reason that is furthest inside. */
class FailureTextTest {

    @Test
    void goesDownToTheDeepestCause() {
        assertThat(FailureText.of(new KafkaException("no client", new IllegalArgumentException("no login"))))
                .isEqualTo("no client: no login");
    }

    @Test
    void leavesOutWhatOnlyRepeatsItsCause() {
        Throwable file = new NoSuchFileException("/nowhere.jks");

        assertThat(FailureText.of(new KafkaException(new KafkaException("no store", file))))
                .isEqualTo("no store: NoSuchFileException: /nowhere.jks");
        assertThat(FailureText.of(new TimeoutException("a call timed out", new TimeoutException("timed out"))))
                .isEqualTo("a call timed out");
    }

    @Test
    void makesOneLineOfSeveral() {
        assertThat(FailureText.of(new KafkaException("first\n\n   second\r\nthird")))
                .isEqualTo("first second third");
    }

    @Test
    void namesAnExceptionWithoutAMessageByItsKind() {
        assertThat(FailureText.of(new TimeoutException())).isEqualTo("TimeoutException");
    }
}
