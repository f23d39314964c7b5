package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.SlowerSink;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.problem.Problems;

/**
 * Checks that a lane's one producer is compatible with every topic that the lane writes.
 *
 * <p>These disagreements are refused:
 *
 * <ul>
 *   <li>the lane sends larger messages than the topic accepts, or refuses some that the topic's profile promises;
 *   <li>the lane waits for fewer replicas ({@code acks}) than the topic's profile. Under exactly-once it waits for all;
 *   <li>the topic has its own {@code compression.type} and the lane uses another: the broker would recompress every
 *   batch;
 *   <li>the topic's profile has a time objective, and the lane delays its readers longer ({@link SinkWait}). A lane may
 *   list such a sink under {@code slower-sinks}: how long the delay may be, and why that is accepted.
 * </ul>
 *
 * <p>The lane decides everything else, because it affects the lane and not the topic's readers: the codec, if the topic
 * keeps the producer's; {@code batch.size}, {@code buffer.memory}, timeouts, and linger for topics that no reader waits
 * for. {@code topics check} lists these differences.
 */
record SinkRules(Problems problems) {

    private static final String AS_THE_PRODUCER = "producer";

    private static final EffectiveValues VALUES = new EffectiveValues();

    void check(Lane lane) {
        for (Topic sink : lane.sinks()) {
            checkSize(lane, sink);
            checkAcknowledgement(lane, sink);
            checkCompression(lane, sink);
            SinkWait.of(lane, sink).forEach(wait -> checkWaiting(lane, sink, wait));
        }
    }

    private void checkSize(Lane lane, Topic sink) {
        EffectiveValue largest = VALUES.lane(lane, "producer.max.request.size");
        boolean isCompressed =
                !VALUES.laneText(lane, "producer.compression.type").equals("none");
        problems.require(
                (isCompressed ? largest.withCompressionOverhead() : largest)
                        .atMost(VALUES.topic(sink, "max.message.bytes")),
                "or the broker refuses what lane " + lane.name() + " writes, at every restart");
        problems.require(
                largest.atMost(VALUES.topic(sink, "max.decompressed.message.bytes")),
                "or the broker refuses what lane " + lane.name() + " writes, at every restart");
        EffectiveValue promised = VALUES.producer(sink, "max.request.size");
        if (!largest.atLeast(promised).holds()) {
            disagree(
                    lane,
                    sink,
                    "max.request.size",
                    largest,
                    "at least " + promised.number(),
                    "the profile promises that much");
        }
    }

    private void checkAcknowledgement(Lane lane, Topic sink) {
        String own = VALUES.laneText(lane, "producer.acks");
        String wanted = VALUES.producerText(sink, "acks");
        if (!lane.isExactlyOnce() && copies(own) < copies(wanted)) {
            disagree(lane, sink, "acks", own, wanted, "records it counts as written could be lost");
        }
    }

    private void checkCompression(Lane lane, Topic sink) {
        String own = VALUES.laneText(lane, "producer.compression.type");
        String kept = VALUES.topicText(sink, "compression.type");
        if (!kept.equals(AS_THE_PRODUCER) && !kept.equals(own.equals("none") ? "uncompressed" : own)) {
            disagree(lane, sink, "compression.type", own, kept, "the broker would recompress every batch");
        }
    }

    private static int copies(String acks) {
        return switch (acks) {
            case "all", "-1" -> 2;
            case "1" -> 1;
            default -> 0;
        };
    }

    private void checkWaiting(Lane lane, Topic sink, SinkWait wait) {
        SlowerSink accepted = lane.slowerSinks().get(sink.name());
        if (accepted != null && wait.laneMillis() <= accepted.atMost().toMillis()) {
            return;
        }
        String own = wait.laneMillis() + " (" + wait.file() + ')';
        String beyond = accepted == null ? "" : ", and more than slower-sinks accepts";
        disagree(lane, sink, wait.setting(), own, "at most " + wait.mostMillis(), wait.why() + beyond);
    }

    private void disagree(Lane lane, Topic sink, String setting, EffectiveValue own, String wanted, String why) {
        disagree(lane, sink, setting, own.number() + " (" + own.file() + ')', wanted, why);
    }

    private void disagree(Lane lane, Topic sink, String setting, String own, String wanted, String why) {
        problems.add(
                CatalogueFiles.fileOf(CatalogueFiles.LANES, lane.name()),
                "sinks",
                "the lane and '%s' disagree on %s: the lane's producer has %s, profile %s requires %s: %s"
                        .formatted(sink.name(), setting, own, sink.profile().name(), wanted, why));
    }
}
