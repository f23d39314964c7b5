package io.clinicalstreams.experiment.result;

import io.clinicalstreams.experiment.Metric;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One pass: a ruler, then every level once.
 *
 * @param ruler the ruler's figures; empty until it was run
 * @param levels figures by level, in the order in which they were run
 */
public record Pass(Map<Metric, Double> ruler, Map<String, Map<Metric, Double>> levels) {

    static final Pass EMPTY = new Pass(Map.of(), Map.of());

    Pass withRuler(Map<Metric, Double> figures) {
        return new Pass(figures, levels);
    }

    Pass with(String level, Map<Metric, Double> figures) {
        Map<String, Map<Metric, Double>> more = new LinkedHashMap<>(levels);
        more.put(level, figures);
        return new Pass(ruler, more);
    }
}
