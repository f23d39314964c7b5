package io.clinicalstreams.topics.size;

import io.clinicalstreams.topics.Lane;
import java.util.Optional;

/**
 * Whether one thread of a lane is as fast as its profile wants it.
 *
 * @param asked records/s of one thread, as the objective {@code recorded-per-second}
 * @param given records/s of one thread, and who says so
 */
record LaneObjective(String lane, String profile, double asked, Given given) {

    /** Nothing where the lane's profile has no such objective. */
    static Optional<LaneObjective> of(Lane lane, NamedInputs named) {
        return Optional.ofNullable(lane.profile().objectives().recordedPerSecond())
                .map(asked -> new LaneObjective(
                        lane.name(), lane.profile().name(), asked, named.get(NamedInput.LANE_RATE, lane.name())));
    }

    boolean isReached() {
        return given.value() >= asked;
    }

    Figure figure() {
        String objective = "objective of profile %s, %s records/s of one thread".formatted(profile, Numbers.of(asked));
        String verdict;
        if (given.isAssumed()) {
            verdict = "NOT MEASURED, assumed; only --measured tells whether it reaches the ";
        } else {
            verdict = isReached() ? "reaches the " : "MISSES the ";
        }
        return new Figure(lane + " lane, one thread", given.value(), "records/s", verdict + objective);
    }
}
