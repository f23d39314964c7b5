package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams makes of a lane's settings: its own, and those of the clients it opens. */
final class LaneClients {

    /** Kafka prints a configuration into the log when it is built; that is not wanted here. */
    private static final class QuietConfig extends StreamsConfig {

        QuietConfig(Map<String, ?> settings) {
            super(settings, false);
        }
    }

    private static final String ANY = "any";

    private final Lane lane;
    private final StreamsConfig config;

    LaneClients(Lane lane) {
        this.lane = lane;
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

    Map<String, Object> restoreConsumer() {
        return config.getRestoreConsumerConfigs(ANY);
    }

    Map<String, Object> globalConsumer() {
        return config.getGlobalConsumerConfigs(ANY);
    }

    Map<String, Object> admin() {
        return config.getAdminConfigs(ANY);
    }

    /**
     * What the catalogue says for one of these clients, by the names that the client knows: first what holds for all
     * clients of the lane, then what stands under each prefix, a later one winning.
     */
    Map<String, EffectiveSetting> written(ConfigDef client, String... prefixes) {
        Map<String, EffectiveSetting> written = new LinkedHashMap<>();
        lane.settings().byName().forEach((name, setting) -> {
            if (client.configKeys().containsKey(name)) {
                written.put(name, setting);
            }
        });
        for (String prefix : prefixes) {
            lane.settings().byName().forEach((name, setting) -> {
                if (name.startsWith(prefix)) {
                    written.put(name.substring(prefix.length()), setting);
                }
            });
        }
        return written;
    }
}
