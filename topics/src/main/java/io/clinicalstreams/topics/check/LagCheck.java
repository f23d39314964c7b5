package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Checks that each lane's lag is within its objective. A lane that never ran is also late if its sources have records:
 * it was forgotten or runs elsewhere. If no lane ran and there is no input, the check is skipped.
 */
final class LagCheck {

    static final String NAME = "lag";

    private LagCheck() {}

    /**
     * @param lanes all lanes of the catalogue, including those without an objective
     * @param haveRun lanes with traces on the cluster
     */
    static CheckResult of(List<LaneProgress> lanes, List<Lane> haveRun) {
        List<String> wrong = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (LaneProgress progress : lanes) {
            List<String> problems = new ArrayList<>();
            if (progress.hasCommitted()) {
                findLag(progress, problems);
            } else if (progress.hasUnread()) {
                problems.add(id(progress) + unread(haveRun.contains(progress.lane())));
            }
            wrong.addAll(problems);
            if (problems.isEmpty()) {
                held.add(whenHeld(progress));
            }
        }
        if (haveRun.isEmpty() && wrong.isEmpty()) {
            return new CheckResult(NAME, Verdict.SKIPPED, held);
        }
        return CheckResult.of(NAME, wrong, held);
    }

    private static String unread(boolean hasLeftTraces) {
        return hasLeftTraces
                ? " has no committed offsets, but its sources have records: it was down until its offsets expired, or"
                        + " they were deleted"
                : " has left no trace here, but its sources have records: it was never started, runs under another"
                        + " application id or prefix, or was down until its offsets expired";
    }

    private static String id(LaneProgress progress) {
        return progress.lane().applicationId();
    }

    private static String whenHeld(LaneProgress progress) {
        Duration objective = progress.lane().profile().objectives().maximumLag();
        if (!progress.hasCommitted()) {
            return id(progress) + " has not run on this cluster";
        }
        return id(progress) + " is within " + (objective == null ? "any" : text(objective));
    }

    private static void findLag(LaneProgress progress, List<String> problems) {
        if (!progress.leaderless().isEmpty()) {
            problems.add("what " + id(progress) + " has not read of these is unknown, they have no leader: "
                    + progress.leaderless().stream()
                            .map(TopicPartition::toString)
                            .collect(Collectors.joining(", ")));
        }
        for (LaneLag lag : progress.partitions()) {
            if (lag.expiredUnread()) {
                problems.add(id(progress) + " continues at offset " + lag.committed() + " of " + lag.partition()
                        + ", which starts at " + lag.start() + ": input expired unread");
            }
        }
        Duration objective = progress.lane().profile().objectives().maximumLag();
        List<LaneLag> late = objective == null
                ? List.of()
                : progress.partitions().stream()
                        .filter(LaneLag::isBeyondObjective)
                        .toList();
        if (objective != null && !late.isEmpty()) {
            LaneLag worst =
                    late.stream().max(Comparator.comparingLong(LaneLag::unread)).orElseThrow();
            problems.add("%s is more than %s behind in %d of %d partitions; most in %s with %d unread records"
                    .formatted(
                            id(progress),
                            text(objective),
                            late.size(),
                            progress.partitions().size(),
                            worst.partition(),
                            worst.unread()));
        }
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
