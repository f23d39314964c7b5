package io.clinicalstreams.demo.bench;

import io.clinicalstreams.experiment.statistics.RulerDrift;
import io.clinicalstreams.topics.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The medians of all contenders and their ratios.
 *
 * @param drift how far the pass-through's CPU time was from its median: the same work in each round
 * @param others the share of the machine's CPU time that other processes took, 0 to 1; empty if it is unknown
 */
record ThroughputResult(
        ThroughputInput input, int repeats, List<Figures> figures, RulerDrift drift, OptionalDouble others)
        implements BenchResult {

    /** With fewer rounds, an interval is too wide to say anything. */
    private static final int ENOUGH_ROUNDS = 5;

    static ThroughputResult of(
            ThroughputInput input,
            ThroughputBench.Settings settings,
            List<RunTiming> measurements,
            OptionalDouble others) {
        List<Figures> figures = settings.contenders().stream()
                .map(contender -> Figures.of(contender, measurements))
                .toList();
        List<Double> ruler = figures.stream()
                .filter(row -> row.contender().equals(Contender.PASS_THROUGH))
                .findFirst()
                .orElseThrow()
                .each(RunTiming::cpuMicrosPerRecord);
        return new ThroughputResult(input, settings.repeats(), figures, RulerDrift.of(ruler), others);
    }

    /** Of those that ran, in a fixed order. */
    List<BenchTarget> targets() {
        return new ThroughputTargets(figures).all();
    }

    @Override
    public boolean isReached() {
        return !drift.isTooNoisy() && targets().stream().allMatch(BenchTarget::isReached);
    }

    @Override
    public String table() {
        Table table = new Table("TOPOLOGY", "THREADS", "RECORDS/S", "MIN", "MAX", "CPU US/RECORD", "MIN", "MAX");
        for (Figures row : figures) {
            table.row(
                    row.contender().title(),
                    String.valueOf(row.threads()),
                    whole(row.recordsPerSecond().median()),
                    whole(row.recordsPerSecond().min()),
                    whole(row.recordsPerSecond().max()),
                    tenths(row.cpuMicrosPerRecord().median()),
                    tenths(row.cpuMicrosPerRecord().min()),
                    tenths(row.cpuMicrosPerRecord().max()));
        }
        List<String> lines = new ArrayList<>(List.of(table.toString(), ""));
        targets().forEach(target -> lines.add(target.line()));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Medians of %d rounds in mirrored order, over %,d Observations of %.0f bytes on %d partitions; ratios"
                        + " of the same round,%nas mean and 95 %% interval.",
                repeats,
                input.records(),
                input.recordBytes(),
                input.partitions()));
        if (input.stateBytesPerPut() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "The alerting lane raised or changed %,d alerts and made %.2f puts of %d bytes per record; the"
                            + " stateful pass-through%nmakes 1 put with as many bytes.",
                    input.alerts(),
                    input.statePutsPerRecord(),
                    input.stateBytesPerPut()));
        }
        lines.add(noise());
        return String.join(System.lineSeparator(), lines);
    }

    /** How much the figures can be trusted. */
    private String noise() {
        String ruler = String.format(
                Locale.ROOT,
                "The pass-through's CPU time per record was up to %.1f %% from its median.",
                drift.percent());
        String verdict = drift.isTooNoisy()
                ? String.format(
                        Locale.ROOT,
                        "%nMACHINE TOO NOISY: with more than %.0f %%, the ratios are not a result.",
                        RulerDrift.MOST_PERCENT)
                : "";
        String few = repeats < ENOUGH_ROUNDS
                ? String.format(Locale.ROOT, "%nFewer than %d rounds: a first look, not a result.", ENOUGH_ROUNDS)
                : "";
        return ruler + ' ' + MachineCpu.others(others) + verdict + few;
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> topologies = new LinkedHashMap<>();
        figures.forEach(row -> topologies.put(row.contender().id(), row));
        Map<String, Object> ratios = new LinkedHashMap<>();
        targets().forEach(target -> ratios.put(target.name(), target.json()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input", input);
        json.put("repeats", repeats);
        json.put("topologies", topologies);
        json.put("ratios", ratios);
        json.put("driftPercent", drift.percent());
        json.put("tooNoisy", drift.isTooNoisy());
        others.ifPresent(share -> json.put("otherCpuShare", share));
        return json;
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
