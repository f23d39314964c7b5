package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.TrialLoad;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured of a lane that catches up: from the first commit after the warm-up to the last one at which every
 * partition still has input. From then on threads are idle, which would make a fast level look slower than it is.
 */
final class CatchUpWindow {

    private record Commit(TrialTimes at, long records) {

        Duration since(Commit earlier) {
            return at.since(earlier.at);
        }
    }

    private final TrialLoad load;
    private Commit last;
    private @Nullable Commit first;
    private @Nullable Commit start;
    private boolean isOver;

    /** @param began when the lane started; a trial for a moment has no warm-up */
    CatchUpWindow(TrialLoad load, TrialTimes began) {
        this.load = load;
        this.last = new Commit(began, 0);
        this.start = load.isForAMoment() ? last : null;
    }

    /**
     * Adds the next commit.
     *
     * @param records processed by then, of all partitions
     * @param isTail whether a partition has no more input; a trial for a moment has nothing else
     */
    void add(TrialTimes at, long records, boolean isTail) {
        if (isTail && !load.isForAMoment()) {
            isOver = true;
            return;
        }
        last = new Commit(at, records);
        first = first == null ? last : first;
        start = start == null && last.since(first).compareTo(load.warmUp()) >= 0 ? last : start;
        isOver = records >= load.loaded() || (start != null && last.since(start).compareTo(load.duration()) >= 0);
    }

    /** Whether it needs no more commits. */
    boolean isOver() {
        return isOver;
    }

    /** @throws CommandException if it is too short */
    Map<Metric, Double> figures() {
        if (start == null
                || (!load.isForAMoment() && last.since(start).multipliedBy(2).compareTo(load.duration()) < 0)) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "a partition of the " + load.loaded()
                            + " records is processed before half of the duration; load.records must be more");
        }
        return last.at.perRecordSince(start.at, last.records - start.records);
    }
}
