package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether each lane that has run reads its sources as soon as its objective says. */
record LagCheck(Catalogue catalogue) {

    private static final String NAME = "lag";

    /** @param lags of each lane that has run; a lane without an objective may be there too */
    CheckResult of(Map<Lane, List<LaneLag>> lags) {
        List<String> wrong = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (Lane lane : catalogue.lanes()) {
            List<LaneLag> partitions = lags.get(lane);
            Duration objective = lane.profile().objectives().maximumLag();
            if (partitions == null) {
                held.add(lane.applicationId() + " has not run on this cluster");
            } else {
                List<String> problems = problems(lane, partitions, objective);
                wrong.addAll(problems);
                if (problems.isEmpty()) {
                    held.add(lane.applicationId() + " is within " + (objective == null ? "any" : text(objective)));
                }
            }
        }
        if (lags.isEmpty()) {
            return new CheckResult(NAME, Verdict.SKIPPED, held);
        }
        return wrong.isEmpty()
                ? new CheckResult(NAME, Verdict.HELD, held)
                : new CheckResult(NAME, Verdict.NOT_HELD, wrong);
    }

    private static List<String> problems(Lane lane, List<LaneLag> partitions, @Nullable Duration objective) {
        List<String> problems = new ArrayList<>();
        for (LaneLag lag : partitions) {
            if (lag.expiredUnread()) {
                problems.add(lane.applicationId() + " goes on at offset " + lag.committed() + " of " + lag.partition()
                        + ", which begins at " + lag.start() + ": input expired unread");
            }
        }
        List<LaneLag> late = objective == null
                ? List.of()
                : partitions.stream().filter(LaneLag::isBeyondObjective).toList();
        if (objective != null && !late.isEmpty()) {
            LaneLag worst =
                    late.stream().max(Comparator.comparingLong(LaneLag::unread)).orElseThrow();
            problems.add("%s is more than %s behind in %d of %d partitions; most in %s with %d unread records"
                    .formatted(
                            lane.applicationId(),
                            text(objective),
                            late.size(),
                            partitions.size(),
                            worst.partition(),
                            worst.unread()));
        }
        return problems;
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
