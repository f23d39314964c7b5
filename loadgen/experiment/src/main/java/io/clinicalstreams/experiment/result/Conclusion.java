package io.clinicalstreams.experiment.result;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.statistics.LevelFinding;
import io.clinicalstreams.experiment.statistics.PairedRatio;
import io.clinicalstreams.experiment.statistics.RulerDrift;
import io.clinicalstreams.loadgen.measure.Median;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the trials of a complete run say.
 *
 * @param rulerDriftPercent how far the rulers were from their median, by figure
 * @param baselineMedians the baseline's figures
 * @param comparisons of every figure of every other level with the baseline, the deciding figure first
 */
public record Conclusion(
        Map<Metric, Double> rulerDriftPercent, Map<Metric, Double> baselineMedians, List<LevelComparison> comparisons) {

    /** @param passes complete ones, at least two */
    static Conclusion of(Experiment experiment, List<Pass> passes) {
        Map<Metric, Double> drifts = new EnumMap<>(Metric.class);
        for (Metric metric : List.of(Metric.CPU_PER_RECORD, Metric.RECORDS_PER_SECOND)) {
            List<Double> rulers = passes.stream()
                    .map(pass -> pass.ruler().getOrDefault(metric, Double.NaN))
                    .toList();
            drifts.put(metric, RulerDrift.of(rulers).percent());
        }
        Map<Metric, Double> baseline = new EnumMap<>(Metric.class);
        List<LevelComparison> comparisons = new ArrayList<>();
        for (Metric metric : measured(experiment, passes)) {
            List<Double> ofBaseline = figures(experiment.baseline(), metric, passes);
            baseline.put(metric, Median.of(ofBaseline));
            for (FactorLevel level :
                    experiment.levels().subList(1, experiment.levels().size())) {
                List<Double> ofLevel = figures(level.name(), metric, passes);
                PairedRatio ratio = PairedRatio.of(ofBaseline, ofLevel);
                comparisons.add(new LevelComparison(
                        metric,
                        level.name(),
                        Median.of(ofLevel),
                        PairedRatio.percent(ratio.mean()),
                        PairedRatio.percent(ratio.low()),
                        PairedRatio.percent(ratio.high()),
                        ratio.hidden(experiment.leastEffect()),
                        isTooNoisy(metric, drifts)
                                ? LevelFinding.MACHINE_TOO_NOISY
                                : ratio.finding(metric.higherIsBetter(), experiment.leastEffect())));
            }
        }
        return new Conclusion(drifts, baseline, comparisons);
    }

    /** The deciding figure's comparisons. */
    public List<LevelComparison> deciding(Experiment experiment) {
        return comparisons.stream()
                .filter(each -> each.figure() == experiment.figure())
                .toList();
    }

    /** Whether the deciding figure has no finding. */
    public boolean isTooNoisy(Experiment experiment) {
        return isTooNoisy(experiment.figure(), rulerDriftPercent);
    }

    private static boolean isTooNoisy(Metric metric, Map<Metric, Double> drifts) {
        return metric.ofRuler()
                .map(ofRuler -> new RulerDrift(drifts.getOrDefault(ofRuler, Double.NaN)).isTooNoisy())
                .orElse(false);
    }

    /** The figures that every trial has, above 0, the deciding one first: CPU time has steps of 10 ms, so one may be 0. */
    private static List<Metric> measured(Experiment experiment, List<Pass> passes) {
        return Stream.concat(Stream.of(experiment.figure()), Stream.of(Metric.values()))
                .distinct()
                .filter(metric -> passes.stream()
                        .flatMap(pass -> pass.levels().values().stream())
                        .allMatch(figures -> figures.getOrDefault(metric, 0.0) > 0))
                .toList();
    }

    private static List<Double> figures(String level, Metric metric, List<Pass> passes) {
        return passes.stream()
                .map(pass -> pass.levels().getOrDefault(level, Map.of()).getOrDefault(metric, Double.NaN))
                .toList();
    }
}
