package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.Lane;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams makes of a lane's settings: its own, and those of the clients it opens. */
final class LaneClients {

    /** Kafka prints a configuration into the log when it is built; nobody asked for that here. */
    private static final class QuietConfig extends StreamsConfig {

        QuietConfig(Map<String, ?> settings) {
            super(settings, false);
        }
    }

    private static final String ANY = "any";

    private final StreamsConfig config;

    LaneClients(Lane lane) {
        Map<String, Object> settings = new HashMap<>(lane.settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, lane.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
        config = new QuietConfig(settings);
    }

    Map<String, ?> streams() {
        return config.values();
    }

    Map<String, Object> producer() {
        return config.getProducerConfigs(ANY);
    }

    Map<String, Object> mainConsumer() {
        return config.getMainConsumerConfigs(ANY, ANY, 0);
    }

    Map<String, Object> globalConsumer() {
        return config.getGlobalConsumerConfigs(ANY);
    }
}
