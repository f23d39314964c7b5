package io.clinicalstreams.experiment;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requirePositive;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.UnknownNameException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a trial sends, the same in each trial.
 *
 * @param scenario of {@code loadgen/scenarios}, or a file; its rate over time does not count
 * @param patients instead of the scenario's
 * @param bytes size that single valid resources are padded to; 0 for no padding, which makes some 0.9 kB
 * @param rate records per second, 0 for as fast as possible
 * @param records loaded before the trial, if its measure needs input that is there
 * @param warmUp how long the trial runs before it measures: a client and its brokers compile meanwhile
 * @param duration how long it measures; of a restore, how long it is expected to take
 */
public record TrialLoad(
        String scenario,
        @Nullable Integer patients,
        int bytes,
        int rate,
        @Nullable Integer records,
        Duration warmUp,
        Duration duration) {

    /** A batch must hold a record, and no topic takes a larger one. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Duration MOMENT = Duration.ofMillis(80);

    /** Long enough for an alert. */
    private static final Duration STEADY_MOMENT = Duration.ofSeconds(1);

    private static final int FEW_RECORDS = 300;

    public TrialLoad {
        all(
                () -> requireScenario(scenario),
                () -> requireAtLeast("bytes", 0, bytes),
                () -> requireAtMostBytes(bytes),
                () -> requirePossible(scenario, patients, bytes),
                () -> requireAtLeast("rate", 0, rate),
                () -> requireAtLeast("records", 1, records),
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

    private static void requireAtMostBytes(int bytes) {
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("bytes: must be at most " + MOST_BYTES + ", was " + bytes);
        }
    }

    private static void requirePossible(String scenario, @Nullable Integer patients, int bytes) {
        try {
            Scenario unused = scenario(scenario, patients, Math.max(0, Math.min(MOST_BYTES, bytes)));
        } catch (UnknownNameException | CatalogueException wrong) {
            // The scenario's own check says it.
        }
    }

    private static Scenario scenario(String name, @Nullable Integer patients, int bytes) {
        Scenario read = Scenario.of(name).withBytes(bytes);
        return patients == null ? read : read.withPatients(patients);
    }

    /** The scenario with the differences. */
    public Scenario toScenario() {
        return scenario(scenario, patients, bytes);
    }

    /** How many records are there before the trial. */
    public int loaded() {
        return records == null ? 0 : records;
    }

    /** The same load with the differences of a level. */
    TrialLoad with(FactorLevel level) {
        return new TrialLoad(
                scenario,
                level.patients() == null ? patients : level.patients(),
                level.bytes() == null ? bytes : level.bytes(),
                rate,
                records,
                warmUp,
                duration);
    }

    /** The same load for a moment only, to see that it runs. */
    TrialLoad shortened(Measure measure) {
        return new TrialLoad(
                scenario,
                patients,
                bytes,
                rate,
                records == null ? null : Math.min(records, FEW_RECORDS),
                Duration.ofMillis(20),
                measure == Measure.STEADY ? STEADY_MOMENT : MOMENT);
    }

    /** Whether it is too short for any figure. */
    @JsonIgnore
    public boolean isForAMoment() {
        return duration.compareTo(STEADY_MOMENT) <= 0;
    }
}
