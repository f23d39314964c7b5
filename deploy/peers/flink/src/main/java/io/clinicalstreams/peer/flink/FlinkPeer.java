package io.clinicalstreams.peer.flink;

import io.clinicalstreams.peer.Peer;
import io.clinicalstreams.peer.PeerInput;
import io.clinicalstreams.topics.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The recording lane's step as a job of Apache Flink, in a cluster within this process: the lane's client settings, as
 * many subtasks as the lane has threads, and a checkpoint for each of the lane's commits. It writes no ledger.
 *
 * <p>Exactly once: the sink's transactions are committed when their checkpoint is complete. Between the two, a crash is
 * repaired from the checkpoint, which this job keeps in memory.
 */
public final class FlinkPeer implements Peer {

    @Override
    public Processing start(PeerInput input) throws Exception {
        StreamsConfig lane = input.laneConfig();
        int subtasks = lane.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        FlinkProgress.reportTo(input.progress());
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(subtasks, configuration);
        flink.enableCheckpointing(lane.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
        flink.getConfig().enableObjectReuse();
        flink.fromSource(source(input), WatermarkStrategy.noWatermarks(), "receive")
                .flatMap(new SplitAndValidateFunction(input.job()))
                .name("split-and-validate")
                .returns(SplitAndValidateFunction.OUTPUT)
                .sinkTo(sink(input));
        return new Running(flink.executeAsync("recording"), subtasks);
    }

    private static KafkaSource<ConsumerRecord<byte[], byte[]>> source(PeerInput input) {
        Properties consumer = clientProperties(input, "consumer.", "main.consumer.");
        consumer.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, FlinkProgress.class.getName());
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return KafkaSource.<ConsumerRecord<byte[], byte[]>>builder()
                .setTopics(input.lane().sources().stream().map(Topic::fullName).toList())
                .setGroupId(input.lane().applicationId())
                .setStartingOffsets(OffsetsInitializer.committedOffsets())
                // Ends the job after its last checkpoint. The offsets of its group say less: an idle source commits
                // them late.
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new AsReceived())
                .setProperties(consumer)
                .build();
    }

    private static KafkaSink<ProducerRecord<byte[], byte[]>> sink(PeerInput input) {
        Properties producer = clientProperties(input, "producer.");
        producer.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                String.valueOf(input.lane().transactionTimeout().toMillis()));
        return KafkaSink.<ProducerRecord<byte[], byte[]>>builder()
                .setKafkaProducerConfig(producer)
                .setBootstrapServers(producer.getProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG))
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(input.lane().applicationId())
                .setRecordSerializer((record, context, timestamp) -> record)
                .build();
    }

    /** The lane's settings of a client, and how to connect. */
    private static Properties clientProperties(PeerInput input, String... prefixes) {
        Properties properties = new Properties();
        Map<String, String> lane = input.lane().settings().plain();
        for (String prefix : prefixes) {
            lane.forEach((name, value) -> {
                if (name.startsWith(prefix)) {
                    properties.put(name.substring(prefix.length()), value);
                }
            });
        }
        properties.putAll(input.job().client());
        return properties;
    }

    /** A job of the local cluster, which ends with it. */
    private static final class Running implements Processing {

        private static final Duration CLOSE = Duration.ofSeconds(30);

        private final JobClient job;
        private final int subtasks;
        private final CompletableFuture<?> ended;

        Running(JobClient job, int subtasks) {
            this.job = job;
            this.subtasks = subtasks;
            this.ended = job.getJobExecutionResult();
        }

        @Override
        public int threads() {
            return subtasks;
        }

        @Override
        public @Nullable Throwable failure() {
            return ended.isCompletedExceptionally()
                    ? ended.handle((result, thrown) -> thrown).join()
                    : null;
        }

        @Override
        public boolean isOver() {
            return ended.isDone() && !ended.isCompletedExceptionally();
        }

        /** The local cluster ends with its job, and refuses to cancel one that is over. */
        @Override
        public void close() {
            if (ended.isDone()) {
                return;
            }
            try {
                job.cancel().get(CLOSE.toSeconds(), TimeUnit.SECONDS);
                ended.get(CLOSE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException cancelled) {
                // A job that was cancelled has no result.
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
