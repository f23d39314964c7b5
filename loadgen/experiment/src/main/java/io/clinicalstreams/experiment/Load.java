package io.clinicalstreams.experiment;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requirePositive;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.UnknownNameException;
import java.time.Duration;

/**
 * What a trial sends, the same in each trial.
 *
 * @param scenario of {@code loadgen/scenarios}, or a file; its rate over time does not count
 * @param bytes size that single valid resources are padded to; 0 for no padding, which makes some 0.9 kB
 * @param rate records per second, 0 for as fast as possible
 * @param warmUp how long it sends before it measures: a client and its brokers compile meanwhile
 * @param duration how long it measures
 */
public record Load(String scenario, int bytes, int rate, Duration warmUp, Duration duration) {

    /** A batch must hold a record, and no topic takes a larger one. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Duration MOMENT = Duration.ofMillis(80);

    public Load {
        all(
                () -> requireScenario(scenario),
                () -> requireBytes(scenario, bytes),
                () -> requireAtLeast("rate", 0, rate),
                () -> requirePositive("warm-up", warmUp),
                () -> requirePositive("duration", duration));
    }

    private static void requireScenario(String nameOrFile) {
        try {
            Scenario unused = Scenario.of(nameOrFile);
        } catch (UnknownNameException | CatalogueException wrong) {
            throw new IllegalArgumentException("scenario: " + wrong.getMessage(), wrong);
        }
    }

    private static void requireBytes(String scenario, int bytes) {
        requireAtLeast("bytes", 0, bytes);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("bytes: must be at most " + MOST_BYTES + ", was " + bytes);
        }
        try {
            Scenario unused = Scenario.of(scenario).withBytes(bytes);
        } catch (UnknownNameException | CatalogueException wrong) {
            // The scenario's own check says it.
        }
    }

    /** The same load of records of another size. */
    Load withBytes(int other) {
        return new Load(scenario, other, rate, warmUp, duration);
    }

    /** The same load for a moment only, to see that it runs. */
    Load shortened() {
        return new Load(scenario, bytes, rate, Duration.ofMillis(20), MOMENT);
    }

    /** Whether it is too short for any figure. */
    @JsonIgnore
    public boolean isForAMoment() {
        return duration.compareTo(MOMENT) <= 0;
    }
}
