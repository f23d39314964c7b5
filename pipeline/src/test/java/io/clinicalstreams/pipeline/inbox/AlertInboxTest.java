package io.clinicalstreams.pipeline.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AlertInboxTest {

    private static final TopicPartition ALERTS = new TopicPartition("alerts", 0);

    /** A program that logs the exception with its stack trace must not log what the handler said. */
    @Test
    void noStackTraceHasTheHandlersMessage() {
        IllegalStateException named = new IllegalStateException("Ada Lovelace");
        try (MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest")) {
            consumer.assign(List.of(ALERTS));
            consumer.updateBeginningOffsets(Map.of(ALERTS, 0L));
            consumer.addRecord(new ConsumerRecord<>("alerts", 0, 0, new byte[0], new byte[0]));
            AlertInbox inbox = new AlertInbox(
                    consumer,
                    alert -> {
                        throw named;
                    },
                    Runnable::run);
            assertThat(inbox.failure()).isNull();

            Throwable thrown = catchThrowable(() -> inbox.follow(() -> false));

            StringWriter printed = new StringWriter();
            thrown.printStackTrace(new PrintWriter(printed, true));
            assertThat(thrown)
                    .isInstanceOf(KafkaException.class)
                    .hasMessage("the alert at alerts-0/0 could not be handled: java.lang.IllegalStateException");
            assertThat(printed.toString()).doesNotContain("Lovelace");
            assertThat(inbox.failure()).isSameAs(named);
        }
    }
}
