package io.clinicalstreams.experiment.run;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.Pass;
import io.clinicalstreams.experiment.trial.Trials;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Carries out the trials that a result lacks, in their order, and keeps the result after each. */
public final class ExperimentRun {

    /** Where results go after each trial. */
    public interface Keeper {
        void keep(ExperimentResult result) throws IOException;
    }

    private static final int WARM_UP_RULERS = 3;

    private final Experiment experiment;
    private final int passes;
    private final Trials trials;
    private final Keeper keeper;
    private final Consumer<String> progress;

    /**
     * @param passes how many passes the run has, those in the result included
     * @param progress receives a line after each trial
     */
    public ExperimentRun(Experiment experiment, int passes, Trials trials, Keeper keeper, Consumer<String> progress) {
        this.experiment = experiment;
        this.passes = passes;
        this.trials = trials;
        this.keeper = keeper;
        this.progress = progress;
    }

    /** How long it will take from this result on, warm-up included. */
    public Duration takes(ExperimentResult result) {
        return experiment.takes(1 + missingTrials(result), WARM_UP_RULERS + missingRulers(result));
    }

    /**
     * Runs it to its end.
     *
     * @param result of a run that was interrupted, or without any trial
     * @return the complete result, as it was kept
     */
    public ExperimentResult from(ExperimentResult result) throws IOException, InterruptedException {
        ExperimentResult current = result.withCompletePasses();
        // Not kept: brokers that have just started have compiled nothing yet.
        for (int round = 0; round < WARM_UP_RULERS; round++) {
            trials.ruler();
        }
        measure(experiment.levels().get(0));
        say("warm-up", "", Map.of(), current);
        for (int number = 0; number < passes; number++) {
            if (current.pass(number).ruler().isEmpty()) {
                Map<Metric, Double> figures = trials.ruler();
                current = current.withRuler(number, figures);
                keeper.keep(current);
                say("pass " + (number + 1), "ruler", figures, current);
            }
            for (FactorLevel level : experiment.order(number)) {
                if (!current.pass(number).levels().containsKey(level.name())) {
                    Map<Metric, Double> figures = measure(level);
                    current = current.with(number, level.name(), figures);
                    keeper.keep(current);
                    say("pass " + (number + 1), level.name(), figures, current);
                }
            }
        }
        ExperimentResult complete = current.conclude(experiment);
        keeper.keep(complete);
        return complete;
    }

    /** A figure that cannot be compared fails at the first trial, not after the last. */
    private Map<Metric, Double> measure(FactorLevel level) throws IOException, InterruptedException {
        try {
            Map<Metric, Double> figures = trials.level(level);
            if (!(figures.getOrDefault(experiment.figure(), Double.NaN) > 0)) {
                throw new CommandException(
                        ExitCode.FAILURE,
                        "the trial has no " + experiment.figure().id() + " above 0, and this figure decides");
            }
            return figures;
        } catch (CommandException failed) {
            throw new CommandException(failed.exitCode(), "level " + level.name() + ": " + failed.getMessage());
        }
    }

    /** Trials of levels that the result lacks. */
    public int missingTrials(ExperimentResult result) {
        int had = 0;
        for (int number = 0; number < passes; number++) {
            had += result.pass(number).levels().size();
        }
        return passes * experiment.levels().size() - had;
    }

    private int missingRulers(ExperimentResult result) {
        int missing = 0;
        for (int number = 0; number < passes; number++) {
            Pass pass = result.pass(number);
            missing += pass.ruler().isEmpty() ? 1 : 0;
        }
        return missing;
    }

    private void say(String pass, String what, Map<Metric, Double> figures, ExperimentResult so) {
        Metric shown = figures.containsKey(experiment.figure()) ? experiment.figure() : Metric.CPU_PER_RECORD;
        Double figure = figures.get(shown);
        String value =
                figure == null ? "" : String.format(Locale.ROOT, "%s %,.4g %s, ", shown.id(), figure, shown.unit());
        Duration left = experiment.takes(missingTrials(so), missingRulers(so));
        progress.accept("%-8s %-20s %s%s left".formatted(pass, what, value, minutes(left)));
    }

    /** A duration for people. */
    public static String minutes(Duration duration) {
        return duration.toSeconds() < 90
                ? duration.toSeconds() + " s"
                : Math.round(duration.toSeconds() / 60.0) + " min";
    }
}
