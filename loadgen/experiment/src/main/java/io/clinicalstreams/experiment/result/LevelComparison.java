package io.clinicalstreams.experiment.result;

import io.clinicalstreams.experiment.Metric;
import io.clinicalstreams.experiment.statistics.LevelFinding;

/**
 * One figure of one level, compared with the baseline's.
 *
 * @param median of all passes, in the figure's unit
 * @param changePercent of the level against the baseline, paired by pass
 * @param lowPercent lower end of its 95 % interval
 * @param highPercent upper end of its 95 % interval
 * @param hiddenPercent the largest difference that may be hidden in the spread; 0 if that is below the least effect
 */
public record LevelComparison(
        Metric figure,
        String level,
        double median,
        double changePercent,
        double lowPercent,
        double highPercent,
        double hiddenPercent,
        LevelFinding finding) {}
