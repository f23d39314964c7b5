package io.clinicalstreams.loadgen.result;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a process used while a run was measured. Null: not reported.
 *
 * @param cpuCores mean of the CPU seconds used per second
 * @param residentMib the most memory in RAM
 * @param heapMib the most heap in use, garbage included
 * @param gcPauseMillis all pauses together
 * @param inMib mean per second
 * @param outMib mean per second
 */
public record ProcessUsage(
        double cpuCores,
        @Nullable Double residentMib,
        @Nullable Double heapMib,
        @Nullable Double gcPauseMillis,
        @Nullable Double inMib,
        @Nullable Double outMib) {

    /** @param samples at least one */
    static ProcessUsage of(List<ProcessSample> samples) {
        return new ProcessUsage(
                mean(samples, ProcessSample::cpuCores).orElse(0),
                most(samples, ProcessSample::residentMib),
                most(samples, ProcessSample::heapMib),
                sum(samples, ProcessSample::gcPauseMillis),
                orNull(mean(samples, ProcessSample::inMib)),
                orNull(mean(samples, ProcessSample::outMib)));
    }

    String text() {
        return FigureText.text("CPU %.2f cores", cpuCores)
                + (residentMib == null ? "" : FigureText.text(", memory %,.0f MiB", residentMib))
                + (heapMib == null ? "" : FigureText.text(", heap %,.0f MiB", heapMib))
                + (gcPauseMillis == null ? "" : FigureText.text(", GC pauses %,.0f ms", gcPauseMillis))
                + (inMib == null ? "" : FigureText.text(", in %.2f MiB/s", inMib))
                + (outMib == null ? "" : FigureText.text(", out %.2f MiB/s", outMib));
    }

    private static OptionalDouble mean(List<ProcessSample> samples, Function<ProcessSample, @Nullable Double> figure) {
        return samples.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
    }

    private static @Nullable Double most(
            List<ProcessSample> samples, Function<ProcessSample, @Nullable Double> figure) {
        return orNull(samples.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max());
    }

    private static @Nullable Double sum(List<ProcessSample> samples, Function<ProcessSample, @Nullable Double> figure) {
        return samples.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .reduce(Double::sum)
                .map(FigureText::rounded)
                .orElse(null);
    }

    private static @Nullable Double orNull(OptionalDouble figure) {
        return figure.isEmpty() ? null : (Double) FigureText.rounded(figure.getAsDouble());
    }
}
