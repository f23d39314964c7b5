package io.clinicalstreams.demo.bench;

import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * Builds the compared topologies: the lanes as the service builds them, and the bare ones.
 *
 * @param stateBytes size of the values that the stateful pass-through puts
 */
record Topologies(Catalogue catalogue, MeterRegistry registry, RuleTable rules, int stateBytes) {

    /** The service's default. */
    private static final Duration KEEP_ENDED_ALERTS = Duration.ofHours(24);

    KafkaStreams build(Contender contender, StreamsConfig streamsConfig) {
        TopologyConfig config = new TopologyConfig(streamsConfig);
        int partitions = catalogue.topic(TopicNames.RESOURCE_RECEIVED).partitions();
        return switch (contender) {
            case PASS_THROUGH -> new KafkaStreams(passThrough(config), streamsConfig);
            case RECORDING -> lane(lanes().recording(config, partitions), streamsConfig);
            case STATEFUL_PASS_THROUGH -> new KafkaStreams(statefulPassThrough(config), streamsConfig);
            case ALERTING -> lane(lanes().alerting(config, partitions, rules, KEEP_ENDED_ALERTS), streamsConfig);
        };
    }

    private static KafkaStreams lane(LaneBlueprint.BuiltLane built, StreamsConfig config) {
        return new KafkaStreams(built.topology(), config, built.ledger().clients());
    }

    private LaneBlueprint lanes() {
        return new LaneBlueprint(catalogue, registry);
    }

    private Topology passThrough(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder(config);
        KStream<byte[], byte[]> received = receive(builder);
        received.to(name(TopicNames.OBSERVATION_RECORDED), send());
        return builder.build();
    }

    private Topology statefulPassThrough(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder(config);
        KStream<byte[], byte[]> received = receive(builder);
        received.process(KeepAndForward.supplier(new byte[stateBytes]), Named.as("keep-and-forward"))
                .to(name(TopicNames.ALERT_GENERATED), send());
        return builder.build();
    }

    private KStream<byte[], byte[]> receive(StreamsBuilder builder) {
        return builder.stream(
                name(TopicNames.RESOURCE_RECEIVED),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                        .withName("receive")
                        .withOffsetResetPolicy(AutoOffsetReset.none()));
    }

    private static Produced<byte[], byte[]> send() {
        return Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("send");
    }

    private String name(String topic) {
        return catalogue.topic(topic).fullName();
    }
}
