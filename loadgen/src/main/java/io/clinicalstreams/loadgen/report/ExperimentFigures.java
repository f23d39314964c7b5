package io.clinicalstreams.loadgen.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.clinicalstreams.loadgen.measure.Machine;
import io.clinicalstreams.loadgen.report.DifferenceChart.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a report shows of the result of an experiment; the file has more. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ExperimentFigures(
        String experiment,
        Machine machine,
        String commit,
        @Nullable Conclusion conclusion) {

    private static final String NOTE =
            "Dots: means of paired trials against the baseline. Bars: 95 % intervals. The finding also asks for a least"
                    + " effect, and for a machine that was quiet.";

    /** Null while trials are missing. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Conclusion(List<Comparison> comparisons) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Comparison(
            String figure, String level, double changePercent, double lowPercent, double highPercent, String finding) {}

    DifferenceChart chart() {
        List<Comparison> comparisons = conclusion == null ? List.of() : conclusion.comparisons();
        return new DifferenceChart(
                "Experiment " + experiment + " on " + machine.cpu(),
                comparisons.isEmpty() ? "It was interrupted: no comparison yet." : NOTE,
                comparisons.stream()
                        .map(each -> new Difference(
                                each.figure() + ": " + each.level(),
                                each.changePercent(),
                                each.lowPercent(),
                                each.highPercent(),
                                each.finding()))
                        .toList());
    }
}
