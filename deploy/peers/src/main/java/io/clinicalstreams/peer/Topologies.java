package io.clinicalstreams.peer;

import io.clinicalstreams.pipeline.input.BoundedClients;
import io.clinicalstreams.pipeline.input.InputAttempts;
import io.clinicalstreams.pipeline.input.MemoryPlan;
import io.clinicalstreams.pipeline.ledger.AlertLatency;
import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.FhirSettings.Validation;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
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

    KafkaStreams build(StreamsTopology kind, StreamsConfig streamsConfig) {
        TopologyConfig config = new TopologyConfig(streamsConfig);
        int partitions = catalogue.topic(TopicNames.RESOURCE_RECEIVED).partitions();
        Duration keepEndedAlerts = service(streamsConfig).keepEndedAlerts();
        return switch (kind) {
            case PASS_THROUGH -> new KafkaStreams(passThrough(config), streamsConfig);
            case RECORDING -> lane(lanes().recording(config, partitions), streamsConfig, kind, () -> false);
            case RECORDING_FULL ->
                lane(lanes().recording(config, partitions, full()), streamsConfig, kind, () -> false);
            case STATEFUL_PASS_THROUGH -> new KafkaStreams(statefulPassThrough(config), streamsConfig);
            case ALERTING ->
                lane(
                        lanes().alerting(config, partitions, rules, keepEndedAlerts),
                        streamsConfig,
                        kind,
                        () -> !rules.isUsable());
        };
    }

    private FhirSettings full() {
        FhirSettings fhir = catalogue.where().fhir();
        return new FhirSettings(fhir.baseUrls(), fhir.zone(), Validation.FULL, fhir.otherBaseUrls());
    }

    /** With the clients of the service: they limit what the lane buffers, and write its ledger. */
    private KafkaStreams lane(
            LaneBlueprint.BuiltLane built, StreamsConfig config, StreamsTopology kind, BooleanSupplier isPaused) {
        PipelineConfig service = service(config);
        Lane lane = catalogue.lane(kind.lane());
        Path attempts = Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG))
                .resolveSibling(lane.applicationId() + ".attempts");
        BoundedClients clients = new BoundedClients(
                built.ledger(),
                AlertLatency.of(catalogue, registry, InstantSource.system()),
                built.input(),
                new InputAttempts(service.inputAttempts(), attempts, InstantSource.system()),
                MemoryPlan.of(
                        Runtime.getRuntime().maxMemory(),
                        List.of(LaneBlueprint.needs(lane, config, service.alertingPatients()))),
                catalogue.where().brokers(),
                isPaused);
        return new KafkaStreams(built.topology(), config, clients);
    }

    /** The service's defaults. */
    private static PipelineConfig service(StreamsConfig config) {
        String servers = String.join(",", config.getList(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
        return PipelineConfig.of(SettingLayers.of(Map.of("bootstrap-servers", servers), Map.of(), null));
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
