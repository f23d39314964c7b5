package io.clinicalstreams.peer.naive;

import io.clinicalstreams.peer.Peer;
import io.clinicalstreams.peer.PeerInput;
import io.clinicalstreams.peer.StreamsProcessing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/**
 * Alerts as most people would write them: strings in and out, HAPI, a store in RocksDB, and Kafka's defaults but for the
 * guarantee, which is the alerting lane's: exactly once. It knows the critical limits of the built-in rules and what is
 * open, and none of the lane's other rules: late and corrected results, ages, cool-down, hysteresis.
 */
public final class NaiveAlertingPeer implements Peer {

    @Override
    public Processing start(PeerInput input) {
        Map<String, Object> settings = input.streamsDefaults();
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        StreamsConfig config = new StreamsConfig(settings);
        return StreamsProcessing.start(
                new KafkaStreams(topology(input.received().fullName(), input.name(TopicNames.ALERT_GENERATED)), config),
                config,
                Map::of);
    }

    static Topology topology(String received, String alerts) {
        List<NaiveLimit> limits = NaiveLimit.of(AlertRuleYaml.load());
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(RaiseAlerts.OPEN), Serdes.String(), Serdes.String()));
        builder.stream(
                        received,
                        Consumed.with(Serdes.String(), Serdes.String())
                                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
                .process(() -> new RaiseAlerts(limits), RaiseAlerts.OPEN)
                .to(alerts, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }
}
