package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Settings;
import io.clinicalstreams.topics.Topic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What is left of a record on the network and on disk: a share of it where its writer packs, all of it where not. A topic
 * keeps what its writer sent, unless it has a codec of its own.
 *
 * @param packed the share
 */
record Packing(Catalogue catalogue, double packed) {

    private static final String AS_THE_PRODUCER = "producer";
    private static final String UNCOMPRESSED = "uncompressed";
    private static final String NONE = "none";

    double of(Topic topic) {
        String kept = text(topic.settings(), TopicConfig.COMPRESSION_TYPE_CONFIG, AS_THE_PRODUCER);
        if (!kept.equals(AS_THE_PRODUCER)) {
            return kept.equals(UNCOMPRESSED) ? 1 : packed;
        }
        return catalogue.lanes().stream()
                .filter(lane -> lane.sinks().contains(topic))
                .mapToDouble(this::of)
                .max()
                .orElseGet(() -> share(text(topic.producer(), ProducerConfig.COMPRESSION_TYPE_CONFIG, NONE)));
    }

    /** Of what a lane writes, its changelogs included. */
    double of(Lane lane) {
        String name = StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG);
        return share(text(lane.settings(), name, NONE));
    }

    private double share(String codec) {
        return codec.equals(NONE) ? 1 : packed;
    }

    private static String text(Settings settings, String name, String byDefault) {
        return settings.get(name).map(EffectiveSetting::value).orElse(byDefault);
    }
}
