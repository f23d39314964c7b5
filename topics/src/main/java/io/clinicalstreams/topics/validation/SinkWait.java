package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Objectives;
import io.clinicalstreams.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A setting by which a lane delays the readers of a topic that it writes longer than the topic's profile promises. Its
 * linger exceeds that profile's linger under an alert objective, or its freshness objective; or, under exactly-once,
 * its commit interval exceeds either objective. In its own profile a lane may linger up to the objective: experiments
 * vary that.
 *
 * @param setting {@code linger.ms} or {@code commit.interval.ms}
 * @param laneMillis the lane's value
 * @param file where the lane's value is written
 * @param mostMillis the most that the topic's profile allows
 * @param why why it allows no more
 */
public record SinkWait(String setting, long laneMillis, String file, long mostMillis, String why) {

    public static List<SinkWait> of(Lane lane, Topic sink) {
        List<SinkWait> waits = new ArrayList<>(lingering(lane, sink));
        if (lane.isExactlyOnce()) {
            waits.addAll(committing(lane, sink.profile().objectives()));
        }
        return waits.stream().filter(wait -> wait.laneMillis > wait.mostMillis).toList();
    }

    private static List<SinkWait> lingering(Lane lane, Topic sink) {
        EffectiveValues values = new EffectiveValues();
        EffectiveValue linger = values.lane(lane, "producer.linger.ms");
        Objectives objectives = sink.profile().objectives();
        List<SinkWait> waits = new ArrayList<>();
        Duration alert = objectives.alertP99();
        if (alert != null) {
            boolean isOwnProfile = sink.profile().name().equals(lane.profile().name());
            long most = isOwnProfile
                    ? alert.toMillis()
                    : values.producer(sink, "linger.ms").number();
            waits.add(of("linger.ms", linger, most, "a reader waits for each record"));
        }
        Duration freshness = objectives.freshness();
        if (freshness != null) {
            waits.add(of("linger.ms", linger, freshness.toMillis(), "its objective"));
        }
        return waits;
    }

    /** Under exactly-once a record is visible after its transaction commits. */
    private static List<SinkWait> committing(Lane lane, Objectives objectives) {
        EffectiveValue commit = new EffectiveValues().lane(lane, "commit.interval.ms");
        return Stream.of(objectives.alertP99(), objectives.freshness())
                .flatMap(Stream::ofNullable)
                .map(objective -> of(
                        "commit.interval.ms",
                        commit,
                        objective.toMillis(),
                        "its objective, because readers see only committed records"))
                .toList();
    }

    private static SinkWait of(String setting, EffectiveValue lanes, long mostMillis, String why) {
        return new SinkWait(setting, lanes.number(), lanes.file(), mostMillis, why);
    }
}
