package io.clinicalstreams.loadgen.capacity;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What a group has not processed yet.
 *
 * @param records how many; below 0 if the cluster does not say
 */
public record Backlog(String group, LongSupplier records) {

    private static final long LOOK_MILLIS = 200;

    /**
     * Waits until it is small. An unknown one is not small.
     *
     * @param most records that may be left
     * @param within how long it may take
     * @param answersWithin how long the cluster may be silent
     * @throws CommandException if it took longer
     * @throws InterruptedException if the search is stopped
     */
    public void await(double most, Duration within, Duration answersWithin, BooleanSupplier stopped)
            throws InterruptedException {
        long start = System.nanoTime();
        long answered = start;
        for (long left = records.getAsLong(); left < 0 || left > most; left = records.getAsLong()) {
            if (stopped.getAsBoolean()) {
                throw new InterruptedException("a signal stopped the search");
            }
            long now = System.nanoTime();
            answered = left < 0 ? answered : now;
            if (now - answered > answersWithin.toNanos()) {
                throw new CommandException(
                        ExitCode.FAILURE, "the lag of " + group + " is unknown: the cluster does not answer any more");
            }
            if (now - start > within.toNanos()) {
                throw new CommandException(
                        ExitCode.FAILURE,
                        "the lag of " + group + " did not fall within " + within.toMinutes() + " min");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
