package io.clinicalstreams.pipeline.lane;

import static io.clinicalstreams.pipeline.step.Destination.ENCOUNTERS;
import static io.clinicalstreams.pipeline.step.Destination.MEDICATION_CATALOG;
import static io.clinicalstreams.pipeline.step.Destination.MEDICATION_REQUESTS;
import static io.clinicalstreams.pipeline.step.Destination.OBSERVATIONS;
import static io.clinicalstreams.pipeline.step.Destination.REJECTED;
import static io.clinicalstreams.pipeline.step.Destination.REKEYED;

import io.clinicalstreams.pipeline.step.Destination;
import io.clinicalstreams.pipeline.step.Outcome;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.BranchedKStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/**
 * The recording lane, from the top: the same boxes, in the same order, as the picture in the README. It has one goal,
 * throughput, and no state.
 */
public final class RecordingLane {

    private final ClinicalTopics topics;
    private final ProcessorSupplier<byte[], byte[], byte[], Outcome> splitAndValidate;

    /** @param splitAndValidate supplies the one step of this lane, a new one for each task */
    public RecordingLane(ClinicalTopics topics, ProcessorSupplier<byte[], byte[], byte[], Outcome> splitAndValidate) {
        this.topics = topics;
        this.splitAndValidate = splitAndValidate;
    }

    public Topology build(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder(config);

        KStream<byte[], byte[]> received =
                builder.stream(topics.input(), topics.received().consumedAs("receive"));
        KStream<byte[], Outcome> outcomes = received.process(splitAndValidate, Named.as("split-and-validate"));

        BranchedKStream<byte[], Outcome> routes = outcomes.split(Named.as("route-"));
        route(routes, OBSERVATIONS, topics.observationRecorded(), "record-observations");
        route(routes, MEDICATION_REQUESTS, topics.medicationRequested(), "record-medication-requests");
        route(routes, ENCOUNTERS, topics.encounterChanged(), "record-encounters");
        route(routes, MEDICATION_CATALOG, topics.medicationCatalog(), "record-medication-knowledge");
        route(routes, REKEYED, topics.rekeyed(), "send-again-under-the-patients-key");
        route(routes, REJECTED, topics.rejected(), "quarantine");

        return builder.build();
    }

    private static void route(
            BranchedKStream<byte[], Outcome> routes,
            Destination destination,
            TypedTopic<byte[], Outcome> topic,
            String node) {
        routes.branch(
                destination.accepts(),
                Branched.<byte[], Outcome>withConsumer(branch -> branch.to(topic.name(), topic.producedAs(node)))
                        .withName(node));
    }
}
