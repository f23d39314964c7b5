package io.clinicalstreams.loadgen.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SenderTest {

    private static final long EPOCH_MICROS = 1_767_225_600_000_000L;
    private static final Duration FOR_EVER = Duration.ofDays(1_000_000);
    private static final RecordSizeLimit LIMIT =
            new RecordSizeLimit("clinical.resource.received", "max.message.bytes", 2_000);

    private static final Target TARGET = new Target(LIMIT, Map.of("bootstrap.servers", "localhost:1"));

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
    void reportsThatItDidNotKeepTheSchedule() throws Exception {
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
    void refusesRecordsAboveTheTopicsLimitAndContinues() throws Exception {
        byte[] secret = "x".repeat(2_500).getBytes(StandardCharsets.US_ASCII);
        List<Outgoing> records = new ArrayList<>(List.of(
                Outgoing.of(null, new byte[10]), Outgoing.of(null, secret), Outgoing.of(null, new byte[1_800])));
        SendResult result = run(() -> records.isEmpty() ? null : records.remove(0), 0, FOR_EVER);

        assertThat(producer.history()).hasSize(2);
        assertThat(result.refused()).isEqualTo(1);
        assertThat(result.records()).isEqualTo(2);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.problems())
                .containsExactly("record 2 was not sent: it has 2623 bytes and clinical.resource.received accepts at"
                        + " most 2000 (max.message.bytes)");
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
        try (Sender sender = new Sender(TARGET, List.of(failing), ticker)) {
            SendResult result = sender.run(records, Schedule.of(100, FOR_EVER), progress -> {});

            assertThat(result.records()).isLessThan(10);
            assertThat(result.failed()).isEqualTo(1);
            assertThat(result.isComplete()).isFalse();
            assertThat(result.problems())
                    .containsExactly("a record for clinical.resource.received was not confirmed,"
                            + " TimeoutException: Expiring 1 record(s)");
        }
    }

    @Test
    void stopsOnRequestAndAwaitsConfirmations() throws Exception {
        MockProducer<byte[], byte[]> slow =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        try (Sender sender = new Sender(TARGET, List.of(slow), ticker)) {
            Records stopping = new Records(1_000) {
                @Override
                public @Nullable Outgoing next() {
                    if (given() == 20) {
                        sender.stop();
                    }
                    return super.next();
                }
            };
            SendResult result = sender.run(stopping, Schedule.of(100, FOR_EVER), progress -> {});

            assertThat(result.records()).isEqualTo(20);
            assertThat(result.acknowledged()).isEqualTo(20);
        }
    }

    @Test
    void reportsProgressOncePerSecond() throws Exception {
        List<SendResult> told = new ArrayList<>();
        try (Sender sender = new Sender(TARGET, List.of(producer), ticker)) {
            sender.run(new Records(1_000_000), Schedule.of(50, Duration.ofMillis(3_500)), told::add);
        }

        assertThat(told).hasSize(3);
        assertThat(told.get(2).records()).isBetween(148L, 152L);
        assertThat(told.get(2).seconds()).isCloseTo(3, within(0.1));
    }

    @Test
    void measuresFromTheIntendedSendTimeToTheConfirmation() throws Exception {
        MockProducer<byte[], byte[]> slow =
                new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        Records confirmedAfterThirtyMillis = new Records(100) {
            @Override
            public @Nullable Outgoing next() {
                if (given() > 0) {
                    ticker.advanceMillis(30);
                    assertThat(slow.completeNext()).isTrue();
                }
                return super.next();
            }
        };
        try (Sender sender = new Sender(TARGET, List.of(slow), ticker)) {
            SendResult result =
                    sender.run(confirmedAfterThirtyMillis, Schedule.of(20, Duration.ofSeconds(2)), progress -> {});

            assertThat(result.produce().getTotalCount()).isEqualTo(40);
            assertThat(result.produce().getValueAtPercentile(50) / 1e3).isCloseTo(30, within(0.1));
            assertThat(result.lateMillisMax()).isZero();
        }
    }

    @Test
    void countsItsOwnStallInTheTimeToTheConfirmation() throws Exception {
        Records stalling = new Records(100) {
            @Override
            public @Nullable Outgoing next() {
                if (given() == 10) {
                    ticker.advanceMillis(50);
                }
                return super.next();
            }
        };

        assertThat(run(stalling, 1_000, Duration.ofSeconds(1)).produce().getMaxValue() / 1e3)
                .isCloseTo(49, within(1.0));
    }

    @Test
    void sendsTheWarmUpOnTheSameScheduleAndMeasuresNothingOfIt() throws Exception {
        try (Sender sender = new Sender(TARGET, List.of(producer), ticker)) {
            Schedule schedule = new Schedule(RateCurve.steady(100), Duration.ofSeconds(2), Duration.ofSeconds(1));
            SendResult result = sender.run(new Records(1_000), schedule, progress -> {});

            assertThat(result.records()).isEqualTo(300);
            assertThat(result.warmUp()).isEqualTo(200);
            assertThat(result.acknowledged()).isEqualTo(300);
            assertThat(result.late().getTotalCount()).isEqualTo(100);
            assertThat(result.produce().getTotalCount()).isEqualTo(100);
            assertThat(result.seconds()).isCloseTo(0.99, within(0.001));
            assertThat(schedule.perSecond(100, result.seconds())).isCloseTo(100, within(0.1));
        }
        assertThat(producer.history().subList(0, 200))
                .allSatisfy(record -> assertThat(record.headers()).isEmpty());
        assertThat(producer.history().get(200).headers().lastHeader("sent-at").value())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(Long.toString(EPOCH_MICROS + 2_000_000));
    }

    @Test
    void sendsABurstWhenItIsDue() throws Exception {
        RateCurve burst = Scenario.of("burst").load();
        try (Sender sender = new Sender(TARGET, List.of(producer), ticker)) {
            Schedule schedule = new Schedule(burst, Duration.ofSeconds(1), Duration.ofSeconds(60));
            SendResult result = sender.run(new Records(100_000), schedule, progress -> {});

            assertThat(result.records()).isEqualTo(500 + 55 * 500 + 5 * 5_000);
            assertThat(result.warmUp()).isEqualTo(500);
            assertThat(result.keptSchedule()).isTrue();
            assertThat(schedule.perSecond(52_500, result.seconds())).isCloseTo(52_500 / 60.0, within(0.1));
        }
        List<Long> sinceBurst = producer.history().stream()
                .skip(500 + 55 * 500)
                .map(record -> record.headers().lastHeader("sent-at").value())
                .map(value -> Long.parseLong(new String(value, StandardCharsets.US_ASCII)) - EPOCH_MICROS - 56_000_000)
                .toList();
        assertThat(sinceBurst)
                .isEqualTo(LongStream.range(0, 25_000).mapToObj(i -> i * 200).toList());
    }

    @Test
    void givesUpSomeSecondsAfterItsEndAndReportsWhatWasDue() throws Exception {
        Records slow = new Records(1_000_000) {
            @Override
            public @Nullable Outgoing next() {
                ticker.advanceMillis(10);
                return super.next();
            }
        };
        SendResult result = run(slow, 10_000, Duration.ofSeconds(1));

        assertThat(result.seconds()).isBetween(11.0, 11.1);
        assertThat(result.records()).isBetween(1_100L, 1_110L);
        assertThat(result.records() + result.notSent()).isEqualTo(10_000);
        assertThat(result.keptSchedule()).isFalse();
    }

    /** A producer that blocks in send for two minutes at its eleventh record, then fails or takes it. */
    private MockProducer<byte[], byte[]> blocking(boolean fails) {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
            private int sent;

            @Override
            public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
                if (sent++ == 10) {
                    ticker.advanceMillis(120_000);
                    sendException = fails ? new TimeoutException("buffer full") : null;
                }
                return super.send(record, callback);
            }
        };
    }

    @Test
    void countsTheTimeThatItIsBlockedAsItsOwnLateness() throws Exception {
        try (Sender sender = new Sender(TARGET, List.of(blocking(false)), ticker)) {
            SendResult result = sender.run(new Records(11), Schedule.of(1_000, FOR_EVER), progress -> {});

            assertThat(result.acknowledged()).isEqualTo(11);
            assertThat(result.lateMillisMax()).isCloseTo(120_000, within(120.0));
        }
    }

    @Test
    void countsWhatWasDueWhileItWasBlockedWhenTheRunThenFails() throws Exception {
        try (Sender sender = new Sender(TARGET, List.of(blocking(true)), ticker)) {
            SendResult result =
                    sender.run(new Records(100_000), Schedule.of(1_000, Duration.ofSeconds(30)), progress -> {});

            assertThat(result.failed()).isEqualTo(1);
            assertThat(result.records()).isEqualTo(11);
            assertThat(result.lateMillisMax()).isCloseTo(120_000, within(120.0));
            assertThat(result.notSent()).as("the rest of 30 s").isEqualTo(30_000 - 11);
            assertThat(result.keptSchedule()).isFalse();
        }
    }

    @Test
    void aStoppedRunThatKeptItsScheduleLeavesNothingUnsent() throws Exception {
        try (Sender sender = new Sender(TARGET, List.of(producer), ticker)) {
            Records stopping = new Records(1_000) {
                @Override
                public @Nullable Outgoing next() {
                    if (given() == 200) {
                        sender.stop();
                    }
                    return super.next();
                }
            };
            SendResult result = sender.run(stopping, Schedule.of(100, FOR_EVER), progress -> {});

            assertThat(result.notSent()).isZero();
            assertThat(result.keptSchedule()).isTrue();
        }
    }

    @Test
    void confirmsNothingWithoutAcks() throws Exception {
        Target fireAndForget = new Target(
                LIMIT, Map.of("bootstrap.servers", "localhost:1", "acks", "0", "enable.idempotence", "false"));
        try (Sender sender = new Sender(fireAndForget, List.of(producer), ticker)) {
            SendResult result = sender.run(new Records(10), Schedule.of(0, FOR_EVER), progress -> {});

            assertThat(result.records()).isEqualTo(10);
            assertThat(result.acknowledged()).isZero();
            assertThat(result.produce().getTotalCount()).isZero();
            assertThat(result.isComplete()).isFalse();
        }
    }

    @Test
    void reportsTheRateOfASlowSchedule() {
        assertThat(Schedule.of(0.5, FOR_EVER).perSecond(3, 4)).isEqualTo(0.5);
        assertThat(Schedule.of(0.001, FOR_EVER).perSecond(1, 0.1)).isEqualTo(0.001);
        assertThat(Schedule.of(0, FOR_EVER).perSecond(1_000, 0.5)).isEqualTo(2_000);
        assertThat(Schedule.of(1 / 60.0, Duration.ofSeconds(10)).perSecond(1, 0.01))
                .isEqualTo(1 / 60.0);
        assertThat(Schedule.of(1_000, FOR_EVER).perSecond(1_000, 4))
                .as("it fell behind")
                .isEqualTo(250);
    }

    @Test
    void keepsTheOrderOfEachKeyOverSeveralThreads() throws Exception {
        List<MockProducer<byte[], byte[]>> producers = Stream.generate(
                        () -> new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()))
                .limit(4)
                .toList();
        int records = 20_000;
        Iterator<Integer> numbers = IntStream.range(0, records).iterator();
        Source source = () -> {
            if (!numbers.hasNext()) {
                return null;
            }
            int number = numbers.next();
            return Outgoing.of(text("Patient/p" + number % 37), text(Integer.toString(number)));
        };
        try (Sender sender = new Sender(TARGET, List.copyOf(producers), Ticker.system())) {
            SendResult result = sender.run(source, Schedule.of(0, FOR_EVER), progress -> {});
            assertThat(result.acknowledged()).isEqualTo(records);
        }

        Map<String, Integer> senderOf = new HashMap<>();
        for (int each = 0; each < producers.size(); each++) {
            assertThat(producers.get(each).history()).as("producer " + each).isNotEmpty();
            Map<String, Integer> last = new HashMap<>();
            for (ProducerRecord<byte[], byte[]> record : producers.get(each).history()) {
                String patient = new String(record.key(), StandardCharsets.US_ASCII);
                int number = Integer.parseInt(new String(record.value(), StandardCharsets.US_ASCII));
                assertThat(senderOf.computeIfAbsent(patient, unseen -> producers.size()))
                        .isIn(producers.size(), each);
                senderOf.put(patient, each);
                assertThat(number).isGreaterThan(last.getOrDefault(patient, -1));
                last.put(patient, number);
            }
        }
    }

    @Test
    void endsAllThreadsWhenARecordOfOneIsNotDelivered() throws Exception {
        MockProducer<byte[], byte[]> broken =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        broken.sendException = new TimeoutException("Topic not present in metadata");
        AtomicInteger given = new AtomicInteger();
        Source endless = () -> Outgoing.of(text("Patient/p" + given.incrementAndGet()), new byte[] {1});
        try (Sender sender = new Sender(TARGET, List.of(producer, broken), Ticker.system())) {
            SendResult result = sender.run(endless, Schedule.of(0, FOR_EVER), progress -> {});

            assertThat(result.failed()).isEqualTo(1);
            assertThat(result.isComplete()).isFalse();
            assertThat(result.problems()).singleElement().asString().contains("TimeoutException");
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private SendResult run(Source source, double rate, Duration duration) throws Exception {
        try (Sender sender = new Sender(TARGET, List.of(producer), ticker)) {
            return sender.run(source, Schedule.of(rate, duration), progress -> {});
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

    /** A clock that advances only on a pause or on request. */
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
