package io.clinicalstreams.topics;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
 *   <li>the topic's profile is not the lane's own and has an objective in time, and the lane keeps its readers waiting:
 *       it lingers longer than an objective for alerts lets that profile linger, or than an objective for freshness lasts;
 *       or, exactly once, it commits less often than either lasts. A lane may name such a sink among its
 *       {@code slower-sinks}, with the reason why that is accepted.
 * </ul>
 *
 * <p>Everything else is the lane's to decide, because it is about the lane's work and not about the topic's readers: which
 * codec, where the topic keeps what it gets; {@code batch.size}, {@code buffer.memory}, timeouts, and lingering into
 * topics that nobody waits for. A lane's own profile may be varied: that is what experiments do.
 */
final class SinkChecks {

    private static final String AS_THE_PRODUCER = "producer";

    private final Problems problems;
    private final EffectiveValues values = new EffectiveValues();

    SinkChecks(Problems problems) {
        this.problems = problems;
    }

    /** @param slowerSinks logical names of sinks whose readers may wait longer than their objective */
    void check(Lane lane, Set<String> slowerSinks) {
        for (Topic sink : lane.sinks()) {
            checkSize(lane, sink);
            checkAcknowledgement(lane, sink);
            checkCompression(lane, sink);
            boolean isAccepted = slowerSinks.contains(sink.name());
            if (!isAccepted && !sink.profile().name().equals(lane.profile().name())) {
                checkWaiting(lane, sink);
            }
        }
    }

    private void checkSize(Lane lane, Topic sink) {
        EffectiveValue largest = values.lane(lane, "producer.max.request.size");
        problems.require(
                largest.atMost(values.topic(sink, "max.message.bytes")),
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

    private void checkWaiting(Lane lane, Topic sink) {
        Objectives objectives = sink.profile().objectives();
        if (objectives.alertP99() != null) {
            checkLingering(lane, sink, values.producer(sink, "linger.ms").number(), "somebody waits for each record");
        }
        Duration freshness = objectives.freshness();
        if (freshness != null) {
            checkLingering(lane, sink, freshness.toMillis(), "its objective");
        }
        if (lane.isExactlyOnce()) {
            Stream.of(objectives.alertP99(), objectives.freshness())
                    .forEach(objective -> checkCommits(lane, sink, objective));
        }
    }

    private void checkLingering(Lane lane, Topic sink, long most, String why) {
        EffectiveValue linger = values.lane(lane, "producer.linger.ms");
        if (linger.number() > most) {
            disagree(lane, sink, "linger.ms", linger, "at most " + most, why);
        }
    }

    /** Under exactly-once a record is seen when its transaction commits. */
    private void checkCommits(Lane lane, Topic sink, @Nullable Duration objective) {
        EffectiveValue commit = values.lane(lane, "commit.interval.ms");
        if (objective != null && commit.number() > objective.toMillis()) {
            disagree(
                    lane,
                    sink,
                    "commit.interval.ms",
                    commit,
                    "at most " + objective.toMillis(),
                    "its objective, for readers see what is committed");
        }
    }

    private static int copies(String acks) {
        return switch (acks) {
            case "all", "-1" -> 2;
            case "1" -> 1;
            default -> 0;
        };
    }

    private void disagree(Lane lane, Topic sink, String setting, EffectiveValue own, String wanted, String why) {
        disagree(lane, sink, setting, own.number() + " (" + own.file() + ')', wanted, why);
    }

    private void disagree(Lane lane, Topic sink, String setting, String own, String wanted, String why) {
        problems.add(
                CatalogueReading.fileOf(CatalogueReading.LANES, lane.name()),
                "sinks",
                "the lane and '%s' disagree on %s: the lane's producer has %s, profile %s wants %s: %s"
                        .formatted(sink.name(), setting, own, sink.profile().name(), wanted, why));
    }
}
