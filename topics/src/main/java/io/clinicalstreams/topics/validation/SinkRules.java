package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.SlowerSink;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.problem.Problems;

/**
 * Whether a lane, which has one producer for all it writes, is compatible with each topic it writes.
 *
 * <p>These disagreements are refused:
 *
 * <ul>
 *   <li>the lane sends larger messages than the topic takes, or refuses some that the topic's profile promises;
 *   <li>the lane waits for fewer copies ({@code acks}) than the topic's profile. Under exactly-once it waits for all;
 *   <li>the topic has a {@code compression.type} of its own and the lane packs otherwise: the broker would unpack and
 *       pack every batch;
 *   <li>the topic's profile has an objective in time, and the lane keeps its readers waiting ({@link SinkWait}). A lane may
 *       name such a sink among its {@code slower-sinks}: how long they may wait, and why that is accepted.
 * </ul>
 *
 * <p>Everything else is the lane's to decide, because it is about the lane's work and not about the topic's readers: which
 * codec, where the topic keeps what it gets; {@code batch.size}, {@code buffer.memory}, timeouts, and lingering into
 * topics that no reader waits for. {@code topics check} lists these differences.
 */
final class SinkRules {

    private static final String AS_THE_PRODUCER = "producer";

    private final Problems problems;
    private final EffectiveValues values = new EffectiveValues();

    SinkRules(Problems problems) {
        this.problems = problems;
    }

    void check(Lane lane) {
        for (Topic sink : lane.sinks()) {
            checkSize(lane, sink);
            checkAcknowledgement(lane, sink);
            checkCompression(lane, sink);
            SinkWait.of(lane, sink).forEach(wait -> checkWaiting(lane, sink, wait));
        }
    }

    private void checkSize(Lane lane, Topic sink) {
        EffectiveValue largest = values.lane(lane, "producer.max.request.size");
        boolean isPacked = !values.laneText(lane, "producer.compression.type").equals("none");
        problems.require(
                (isPacked ? largest.packed() : largest).atMost(values.topic(sink, "max.message.bytes")),
                "or the broker refuses what lane " + lane.name() + " writes, at every restart");
        problems.require(
                largest.atMost(values.topic(sink, "max.decompressed.message.bytes")),
                "or the broker refuses what lane " + lane.name() + " writes, at every restart");
        EffectiveValue promised = values.producer(sink, "max.request.size");
        if (!largest.atLeast(promised).holds()) {
            disagree(lane, sink, "max.request.size", largest, "at least " + promised.number(), "it promises that much");
        }
    }

    private void checkAcknowledgement(Lane lane, Topic sink) {
        String own = values.laneText(lane, "producer.acks");
        String wanted = values.producerText(sink, "acks");
        if (!lane.isExactlyOnce() && copies(own) < copies(wanted)) {
            disagree(lane, sink, "acks", own, wanted, "records it counts as written could be lost");
        }
    }

    private void checkCompression(Lane lane, Topic sink) {
        String own = values.laneText(lane, "producer.compression.type");
        String kept = values.topicText(sink, "compression.type");
        if (!kept.equals(AS_THE_PRODUCER) && !kept.equals(own.equals("none") ? "uncompressed" : own)) {
            disagree(lane, sink, "compression.type", own, kept, "the broker would unpack and pack every batch");
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
                "the lane and '%s' disagree on %s: the lane's producer has %s, profile %s wants %s: %s"
                        .formatted(sink.name(), setting, own, sink.profile().name(), wanted, why));
    }
}
