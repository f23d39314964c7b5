package io.clinicalstreams.pipeline.lane;

import io.clinicalstreams.pipeline.step.AlertRecord;
import io.clinicalstreams.pipeline.step.AlertingOutput;
import io.clinicalstreams.pipeline.step.ClinicalFact;
import io.clinicalstreams.pipeline.step.LoadRules;
import io.clinicalstreams.pipeline.step.RuleTable;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The alerting lane, top to bottom: the same boxes in the same order as the picture in the README. It is built for
 * latency and keeps each patient's state. The suppliers create a new step for each task.
 *
 * @param evaluateRules includes its store
 */
public record AlertingLane(
        ClinicalTopics topics,
        RuleTable rules,
        ProcessorSupplier<byte[], byte[], byte[], ClinicalFact> readClinicalFacts,
        ProcessorSupplier<byte[], ClinicalFact, byte[], AlertingOutput> evaluateRules) {

    static final String RULE_STORE = "alert-rules";

    public Topology build(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder(config);
        loadRules(builder);

        KStream<byte[], byte[]> received =
                builder.stream(topics.input(), topics.received().consumedAs("receive"));
        KStream<byte[], ClinicalFact> facts = received.process(readClinicalFacts, Named.as("read-clinical-facts"));
        KStream<byte[], AlertingOutput> outputs = facts.process(evaluateRules, Named.as("evaluate-rules"));
        KStream<byte[], AlertRecord> alerts = outputs.flatMapValues(AlertingOutput::alerts, Named.as("keep-alerts"));

        outputs.flatMapValues(AlertingOutput::forwarded, Named.as("keep-forwarded"))
                .to(topics.forwarded().name(), topics.forwarded().producedAs("forward-to-the-replacing-patient"));
        alerts.filter((patient, alert) -> alert.isTransition(), Named.as("keep-transitions"))
                .to(topics.alertGenerated().name(), topics.alertGenerated().producedAs("generate-alerts"));
        alerts.selectKey((patient, alert) -> alert.alertId(), Named.as("key-by-alert"))
                .to(topics.alertCurrent().name(), topics.alertCurrent().producedAs("keep-current-alerts"));

        return builder.build();
    }

    /** In memory: under exactly-once, a corrupted global store on disk would fail every start. */
    private void loadRules(StreamsBuilder builder) {
        TypedTopic<String, byte[]> topic = topics.alertRule();
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(RULE_STORE), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled(),
                topic.name(),
                Consumed.with(topic.keys(), topic.values()).withName("load-rules"),
                () -> new LoadRules(RULE_STORE, rules));
    }
}
