package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.TrialLoad;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A bare consumer reads a topic: all of it again and again, so that seconds of reading need no gigabytes of records.
 *
 * @param brokers ids of the brokers' processes
 * @param topic its full name; exists and is empty
 * @param producer all settings of the producer that loads the records, the address excluded
 * @param consumer likewise of the consumer
 */
record ConsumeTrial(
        String bootstrapServers,
        List<Long> brokers,
        String topic,
        int partitions,
        Map<String, String> producer,
        Map<String, String> consumer,
        TrialLoad load)
        implements Trial {

    private static final Duration LONGEST_LOAD = Duration.ofMinutes(10);

    @Override
    public Map<Metric, Double> measure() throws IOException {
        loadRecords();
        Map<String, Object> settings = new HashMap<>(consumer);
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        Consumer<byte[], byte[]> reader = new KafkaConsumer<>(settings);
        try {
            List<TopicPartition> all = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            reader.assign(all);
            if (!load.isForAMoment()) {
                read(reader, all, load.warmUp());
            }
            TrialTimes start = TrialTimes.untilNow(brokers);
            long read = read(reader, all, load.duration());
            Map<Metric, Double> figures = TrialTimes.untilNow(brokers).perRecordSince(start, read);
            // At the end of the topic, a fetch waits for what does not come.
            figures.remove(Metric.RECORDS_PER_SECOND);
            return figures;
        } finally {
            reader.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private void loadRecords() throws IOException {
        Map<String, Object> settings = new HashMap<>(producer);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        RecordPool pool = RecordPool.of(load, partitions);
        int[] left = {load.loaded()};
        Source source = () -> left[0]-- > 0 ? pool.next() : null;
        try (Sender sender = Sender.open(Target.of(topic, settings), 1)) {
            SendResult sent = sender.run(source, Schedule.of(0, LONGEST_LOAD), progress -> {});
            if (!sent.isComplete()) {
                throw new CommandException(ExitCode.FAILURE, String.join("; ", sent.problems()));
            }
        }
    }

    /** Reads whole rounds until the time is up: at least one. */
    private long read(Consumer<byte[], byte[]> reader, List<TopicPartition> all, Duration duration) {
        long start = System.nanoTime();
        long read = 0;
        while (read == 0 || System.nanoTime() - start < duration.toNanos()) {
            reader.seekToBeginning(all);
            Ruler.consume(reader, load.loaded());
            read += load.loaded();
        }
        return read;
    }
}
