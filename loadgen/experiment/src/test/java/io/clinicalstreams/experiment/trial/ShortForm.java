package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Measure;
import io.clinicalstreams.experiment.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One trial for a moment, with the last level of one or more experiments.
 *
 * @param experiments the first has the load
 * @param level the differences of all
 */
record ShortForm(List<Experiment> experiments, FactorLevel level) {

    static ShortForm of(Experiment experiment) {
        return new ShortForm(
                List.of(experiment), experiment.levels().get(experiment.levels().size() - 1));
    }

    Experiment experiment() {
        return experiments.get(0);
    }

    Metric[] figures() {
        return experiments.stream().map(Experiment::figure).toArray(Metric[]::new);
    }

    /** Whether a trial can have the differences of both: one lane, no value twice. */
    boolean fits(ShortForm other) {
        FactorLevel more = other.level;
        return experiment().measure().isOfALane()
                && experiment().measure() == other.experiment().measure()
                && Objects.equals(experiment().lane(), other.experiment().lane())
                && (experiment().measure() != Measure.RESTORE
                        || experiment().figure() == other.experiment().figure())
                && Stream.of(
                                fits(level.partitions(), more.partitions()),
                                fits(level.bytes(), more.bytes()),
                                fits(level.patients(), more.patients()),
                                fits(level.replicas(), more.replicas()),
                                fits(level.standbys(), more.standbys()),
                                fits(level.instances(), more.instances()))
                        .allMatch(each -> each)
                && fits(level.topic(), more.topic())
                && fits(level.lane(), more.lane());
    }

    ShortForm and(ShortForm other) {
        List<Experiment> all = new ArrayList<>(experiments);
        all.addAll(other.experiments);
        FactorLevel more = other.level;
        return new ShortForm(
                all,
                new FactorLevel(
                        level.name() + ", " + more.name(),
                        either(level.partitions(), more.partitions()),
                        either(level.bytes(), more.bytes()),
                        either(level.patients(), more.patients()),
                        either(level.replicas(), more.replicas()),
                        with(level.topic(), more.topic()),
                        Map.of(),
                        Map.of(),
                        with(level.lane(), more.lane()),
                        either(level.standbys(), more.standbys()),
                        either(level.instances(), more.instances()),
                        null,
                        List.of()));
    }

    private static boolean fits(@Nullable Integer one, @Nullable Integer other) {
        return one == null || other == null || one.equals(other);
    }

    private static boolean fits(Map<String, String> some, Map<String, String> others) {
        return others.entrySet().stream().allMatch(each -> some.getOrDefault(each.getKey(), each.getValue())
                .equals(each.getValue()));
    }

    private static @Nullable Integer either(@Nullable Integer one, @Nullable Integer other) {
        return one == null ? other : one;
    }

    private static Map<String, String> with(Map<String, String> some, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(others);
        return all;
    }

    @Override
    public String toString() {
        return String.join(", ", experiments.stream().map(Experiment::name).toList());
    }
}
