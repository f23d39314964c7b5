package io.clinicalstreams.peer;

import io.clinicalstreams.pipeline.runtime.FailWithCoordinates;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a peer is given to start.
 *
 * @param catalogue the run's own copy
 * @param progress to which its consumer reports each poll, by {@link InputProgressInterceptor}
 */
public record PeerInput(PeerJob job, Catalogue catalogue, InputProgress progress) {

    /** The lane with whose settings the peer is compared. Its application id is the peer's group. */
    public Lane lane() {
        return catalogue.lane(job.lane());
    }

    /** The input topic. */
    public Topic received() {
        Topic own = catalogue.topic(TopicNames.RESOURCE_RECEIVED);
        return job.input() == null ? own : own.named(job.input());
    }

    /** The full name of a topic. */
    public String name(String topic) {
        return catalogue.topic(topic).fullName();
    }

    /** Settings of a client plus the connection settings. */
    public Map<String, Object> client(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(job.client());
        return all;
    }

    /** Settings of a Streams application with Kafka's defaults, which reports its progress. */
    public Map<String, Object> streamsDefaults() {
        Map<String, Object> settings = client(Map.of());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane().applicationId());
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                job.folder().resolve("state-" + lane().applicationId()).toString());
        progress(StreamsConfig.MAIN_CONSUMER_PREFIX, settings);
        return settings;
    }

    /** The lane's settings and the service's handlers; only the progress interceptor is not in production. */
    public StreamsConfig laneConfig() {
        Map<String, Object> settings = new HashMap<>(lane().settings().plain());
        settings.putAll(streamsDefaults());
        String handler = FailWithCoordinates.class.getName();
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        return new StreamsConfig(settings);
    }

    /** Makes a consumer report its progress. */
    public void progress(String prefix, Map<String, Object> consumer) {
        consumer.put(prefix + ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, InputProgressInterceptor.class.getName());
        consumer.put(prefix + InputProgressInterceptor.PROGRESS, progress);
    }
}
