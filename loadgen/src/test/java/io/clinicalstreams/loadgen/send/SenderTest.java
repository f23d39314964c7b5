package io.clinicalstreams.loadgen.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SenderTest {

    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;
    private static final Duration FOR_EVER = Duration.ofDays(1_000_000);
    private static final SizeLimit LIMIT = new SizeLimit("clinical.resource.received", "max.message.bytes", 2_000);

    private final FakeTicker ticker = new FakeTicker();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void sendsOnScheduleWithTheIntendedTimeInTheHeader() throws Exception {
        SendResult result = run(new Records(1_000), 200, Duration.ofSeconds(1));

        assertThat(result.records()).isEqualTo(200);
        assertThat(sentAt()).isEqualTo(schedule(200, 5_000));
        assertThat(result.seconds()).isCloseTo(0.995, within(0.001));
        assertThat(result.lateMillisMax()).isZero();
        assertThat(result.keptSchedule()).isTrue();
    }

    @Test
    void skipsNoSlotWhenItFallsBehind() throws Exception {
        Records stalling = new Records(100) {
            @Override
            public @Nullable Outgoing next() {
                if (given() == 10) {
                    ticker.advanceMillis(50);
                }
                return super.next();
            }
        };
        SendResult result = run(stalling, 1_000, Duration.ofSeconds(1));

        assertThat(sentAt()).as("what was meant, not what was done").isEqualTo(schedule(100, 1_000));
        assertThat(result.lateMillisMax()).isCloseTo(49, within(1.0));
        assertThat(result.late().getCountBetweenValues(1_000, 100_000))
                .as("all who had to wait")
                .isBetween(45L, 50L);
        assertThat(result.seconds()).as("caught up").isCloseTo(0.099, within(0.002));
    }

    @Test
    void saysThatItDidNotKeepTheSchedule() throws Exception {
        Records slow = new Records(100) {
            @Override
            public @Nullable Outgoing next() {
                ticker.advanceMillis(10);
                return super.next();
            }
        };

        assertThat(run(slow, 1_000, FOR_EVER).keptSchedule()).isFalse();
    }

    @Test
    void sendsAsFastAsItCanWithoutARate() throws Exception {
        SendResult result = run(new Records(1_000), 0, FOR_EVER);

        assertThat(result.records()).isEqualTo(1_000);
        assertThat(result.acknowledged()).isEqualTo(1_000);
        assertThat(result.late().getTotalCount()).isZero();
        assertThat(ticker.pauses).isZero();
    }

    @Test
    void countsResourcesAndBytes() throws Exception {
        List<Outgoing> records = new ArrayList<>(List.of(
                Outgoing.of(new byte[10], new byte[90]),
                new Outgoing(null, new byte[100], 3, 7),
                Outgoing.of(new byte[10], null)));
        SendResult result = run(() -> records.isEmpty() ? null : records.remove(0), 0, FOR_EVER);

        assertThat(result.records()).isEqualTo(3);
        assertThat(result.resources()).isEqualTo(9);
        assertThat(result.bytes()).isEqualTo(210);
        assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(null, 3, null);
    }

    @Test
    void refusesWhatTheTopicWouldNotTakeAndGoesOn() throws Exception {
        byte[] secret = "x".repeat(2_500).getBytes(StandardCharsets.US_ASCII);
        List<Outgoing> records = new ArrayList<>(List.of(
                Outgoing.of(null, new byte[10]), Outgoing.of(null, secret), Outgoing.of(null, new byte[1_800])));
        SendResult result = run(() -> records.isEmpty() ? null : records.remove(0), 0, FOR_EVER);

        assertThat(producer.history()).hasSize(2);
        assertThat(result.refused()).isEqualTo(1);
        assertThat(result.records()).isEqualTo(2);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.problems())
                .containsExactly("record 2 was not sent: it takes 2623 bytes and clinical.resource.received at most"
                        + " 2000 (max.message.bytes)");
    }

    @Test
    void endsWhenARecordIsNotDelivered() throws Exception {
        MockProducer<byte[], byte[]> failing =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        Records records = new Records(1_000) {
            @Override
            public @Nullable Outgoing next() {
                if (given() == 5) {
                    assertThat(failing.completeNext()).isTrue();
                    assertThat(failing.errorNext(new TimeoutException("Expiring 1 record(s)")))
                            .isTrue();
                }
                return super.next();
            }
        };
        try (Sender sender = new Sender(failing, LIMIT, ticker)) {
            SendResult result = sender.run(records, 100, FOR_EVER, ProgressListener.none());

            assertThat(result.records()).isLessThan(10);
            assertThat(result.failed()).isEqualTo(1);
            assertThat(result.isComplete()).isFalse();
            assertThat(result.problems())
                    .containsExactly("a record for clinical.resource.received was not delivered,"
                            + " TimeoutException: Expiring 1 record(s)");
        }
    }

    @Test
    void stopsWhenAskedAndConfirmsWhatItSent() throws Exception {
        MockProducer<byte[], byte[]> slow =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (Sender sender = new Sender(slow, LIMIT, ticker)) {
            Records stopping = new Records(1_000) {
                @Override
                public @Nullable Outgoing next() {
                    if (given() == 20) {
                        sender.stop();
                    }
                    return super.next();
                }
            };
            SendResult result = sender.run(stopping, 100, FOR_EVER, ProgressListener.none());

            assertThat(result.records()).isEqualTo(20);
            assertThat(result.acknowledged()).isEqualTo(20);
        }
    }

    @Test
    void tellsOnceASecondHowItGoes() throws Exception {
        List<SendProgress> told = new ArrayList<>();
        try (Sender sender = new Sender(producer, LIMIT, ticker)) {
            sender.run(new Records(1_000_000), 50, Duration.ofMillis(3_500), told::add);
        }

        assertThat(told).hasSize(3);
        assertThat(told.get(2).records()).isBetween(148L, 152L);
        assertThat(told.get(2).seconds()).isCloseTo(3, within(0.1));
    }

    private SendResult run(Source source, double rate, Duration duration) throws Exception {
        try (Sender sender = new Sender(producer, LIMIT, ticker)) {
            return sender.run(source, rate, duration, ProgressListener.none());
        }
    }

    private List<Long> sentAt() {
        return producer.history().stream()
                .map(record -> record.headers().lastHeader("sent-at").value())
                .map(value -> Long.valueOf(new String(value, StandardCharsets.US_ASCII)))
                .toList();
    }

    private static List<Long> schedule(int records, long stepMicros) {
        return LongStream.range(0, records)
                .mapToObj(i -> EPOCH_MICROS + i * stepMicros)
                .toList();
    }

    private static class Records implements Source {
        private final int count;
        private int given;

        Records(int count) {
            this.count = count;
        }

        int given() {
            return given;
        }

        @Override
        public @Nullable Outgoing next() {
            return given++ < count ? Outgoing.of(new byte[] {1}, new byte[] {2}) : null;
        }
    }

    /** Time that passes only by pausing, and when told. */
    private static final class FakeTicker implements Ticker {
        private long nanos = 1;
        private int pauses;

        void advanceMillis(long millis) {
            nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochMicros() {
            return EPOCH_MICROS;
        }

        @Override
        public void pause(long wait) {
            pauses++;
            nanos += wait;
        }
    }
}
