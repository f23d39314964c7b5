package io.clinicalstreams.verifier.fault;

import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * The real recording lane on a broker, with its catalogue's settings except the faulty ones. Its step fails once, in the
 * middle of the input, and Kafka Streams replaces the thread: what was written and not committed is written again, or
 * not.
 */
final class RecordingOnABroker implements AutoCloseable {

    /** Whether the lane's offsets reach the broker. */
    enum Commits {
        WRITTEN,
        FORGOTTEN
    }

    private final KafkaStreams streams;

    private RecordingOnABroker(KafkaStreams streams) {
        this.streams = streams;
    }

    /** @param failures counts down the records until the step fails */
    static RecordingOnABroker start(
            Catalogue catalogue,
            String bootstrapServers,
            Path state,
            String guarantee,
            Commits commits,
            AtomicInteger failures) {
        Lane lane = catalogue.lane("recording");
        Properties settings = new Properties();
        settings.putAll(lane.settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        // The member of the thread that failed keeps its partitions for a session.
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 3_000);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_000);
        if (commits == Commits.FORGOTTEN) {
            // A fast machine would process everything before the failure in one transaction, which is then aborted.
            settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1);
        }
        settings.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Plant.class);
        settings.put(Plant.FAILS_AFTER, failures);
        int partitions = catalogue.topic(TopicNames.RESOURCE_RECEIVED).partitions();
        KafkaStreams streams = new KafkaStreams(
                new LaneBlueprint(catalogue, new SimpleMeterRegistry())
                        .recording(new TopologyConfig(new StreamsConfig(settings)), partitions)
                        .topology(),
                settings,
                commits == Commits.FORGOTTEN ? new ForgetsCommits() : new DefaultKafkaClientSupplier());
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        streams.start();
        return new RecordingOnABroker(streams);
    }

    /** Its transactions commit what was written, without the offsets of what was read. */
    private static final class ForgetsCommits extends DefaultKafkaClientSupplier {

        @Override
        @SuppressWarnings("unchecked")
        public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            Producer<byte[], byte[]> real = super.getProducer(config);
            return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                    Producer.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("sendOffsetsToTransaction")) {
                            return null;
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }
    }

    @Override
    public void close() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
