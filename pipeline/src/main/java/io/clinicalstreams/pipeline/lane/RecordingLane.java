package io.clinicalstreams.pipeline.lane;

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
 * The recording lane, top to bottom: the same boxes in the same order as the picture in the README. It is built for
 * throughput and has no state.
 *
 * @param splitAndValidate creates this lane's only step, a new one for each task
 */
public record RecordingLane(
        ClinicalTopics topics, ProcessorSupplier<byte[], byte[], byte[], Outcome> splitAndValidate) {

    private static final String UNROUTED = "fail-without-a-branch";

    public Topology build(TopologyConfig config) {
        StreamsBuilder builder = new StreamsBuilder(config);

        KStream<byte[], byte[]> received =
                builder.stream(topics.input(), topics.received().consumedAs("receive"));
        KStream<byte[], Outcome> outcomes = received.process(splitAndValidate, Named.as("split-and-validate"));

        BranchedKStream<byte[], Outcome> routes = outcomes.split(Named.as("route-"));
        for (Destination recorded : Destination.recorded()) {
            route(routes, recorded);
        }
        route(routes, Destination.REKEYED);
        route(routes, Destination.REJECTED);
        routes.defaultBranch(Branched.<byte[], Outcome>withConsumer(
                        unrouted -> unrouted.foreach(RecordingLane::fail, Named.as(UNROUTED)))
                .withName(UNROUTED));

        return builder.build();
    }

    private void route(BranchedKStream<byte[], Outcome> routes, Destination destination) {
        String node = destination.node();
        TypedTopic<byte[], Outcome> topic = topics.written(destination);
        routes.branch(
                destination.accepts(),
                Branched.<byte[], Outcome>withConsumer(branch -> branch.to(topic.name(), topic.producedAs(node)))
                        .withName(node));
    }

    /** An outcome without a branch would be lost silently. */
    private static void fail(byte[] key, Outcome outcome) {
        throw new IllegalStateException("no branch for " + outcome.destination());
    }
}
