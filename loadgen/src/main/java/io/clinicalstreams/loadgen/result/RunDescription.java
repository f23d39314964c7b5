package io.clinicalstreams.loadgen.result;

import io.clinicalstreams.loadgen.result.RunResult.Times;
import io.clinicalstreams.loadgen.send.Schedule;
import java.time.Duration;
import java.util.Map;

/**
 * What is known of a run before it begins.
 *
 * @param run the command, such as {@code loadgen run}
 * @param settings scenario, seed, and the other options in effect
 * @param producerSettings all settings of the producers
 * @param laneSettings of each lane that runs in the same command, by lane
 */
public record RunDescription(
        String run,
        Map<String, Object> settings,
        Map<String, Object> producerSettings,
        Map<String, Map<String, String>> laneSettings,
        Schedule schedule) {

    private static final Duration UNLIMITED = Duration.ofDays(365);

    Times times() {
        Duration duration = schedule.duration();
        return new Times(
                schedule.load().summary(),
                schedule.warmUp().toMillis() / 1e3,
                duration.compareTo(UNLIMITED) > 0 ? null : duration.toMillis() / 1e3);
    }
}
