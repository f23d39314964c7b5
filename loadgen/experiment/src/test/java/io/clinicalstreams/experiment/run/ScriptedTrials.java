package io.clinicalstreams.experiment.run;

import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.trial.Trials;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Trials with figures from a script instead of a cluster: each is the level's own, with a little noise. */
final class ScriptedTrials implements Trials {

    private static final double RULER = 20;

    final List<String> order = new ArrayList<>();
    private final Map<String, Double> cpu = new HashMap<>();
    private final Random random = new Random(1);
    private final double rulerNoise;
    private int failsAfter = Integer.MAX_VALUE;

    ScriptedTrials(double rulerNoise) {
        this.rulerNoise = rulerNoise;
    }

    ScriptedTrials with(String level, double cpuPerRecord) {
        cpu.put(level, cpuPerRecord);
        return this;
    }

    ScriptedTrials failingAfter(int trials) {
        failsAfter = trials;
        return this;
    }

    @Override
    public Map<Metric, Double> level(FactorLevel level) {
        return next(level.name(), cpu.getOrDefault(level.name(), 10.0), 0.01);
    }

    @Override
    public Map<Metric, Double> ruler() {
        return next("ruler", RULER, rulerNoise);
    }

    private Map<Metric, Double> next(String what, double figure, double noise) {
        if (order.size() == failsAfter) {
            throw new CommandException(ExitCode.FAILURE, "broker 0 ended");
        }
        order.add(what);
        double noisy = figure * (1 + noise * (2 * random.nextDouble() - 1));
        return Map.of(Metric.CPU_PER_RECORD, noisy, Metric.RECORDS_PER_SECOND, 1e6 / noisy);
    }
}
