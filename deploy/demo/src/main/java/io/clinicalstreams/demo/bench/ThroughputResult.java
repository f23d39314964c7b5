package io.clinicalstreams.demo.bench;

import io.clinicalstreams.topics.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The medians of all topologies and the lanes' ratios to the bare ones. */
record ThroughputResult(ThroughputInput input, int repeats, List<Figures> figures) implements BenchResult {

    private static final double RECORDING_AT_LEAST = 0.6;
    private static final double FULL_AT_LEAST = 0.8;
    private static final double ALERTING_AT_LEAST = 0.7;

    static ThroughputResult of(ThroughputInput input, int repeats, List<RunTiming> measurements) {
        return new ThroughputResult(
                input,
                repeats,
                Stream.of(Contender.values())
                        .map(contender -> Figures.of(contender, measurements))
                        .toList());
    }

    List<BenchTarget> targets() {
        return List.of(
                ratio(Contender.RECORDING, Contender.PASS_THROUGH, RECORDING_AT_LEAST),
                ratio(Contender.RECORDING_FULL, Contender.RECORDING, FULL_AT_LEAST),
                ratio(Contender.ALERTING, Contender.STATEFUL_PASS_THROUGH, ALERTING_AT_LEAST));
    }

    @Override
    public boolean isReached() {
        return targets().stream().allMatch(BenchTarget::isReached);
    }

    @Override
    public String table() {
        Table table = new Table("TOPOLOGY", "RECORDS/S", "MIN", "MAX", "CPU US/RECORD", "MIN", "MAX");
        for (Figures row : figures) {
            table.row(
                    row.contender().title(),
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
                "Medians of %d over %,d Observations of %.0f bytes on %d partitions. The alerting lane raised or"
                        + " changed %,d alerts%nand made %.2f puts of %d bytes per record; the stateful pass-through"
                        + " makes 1 put with as many bytes.",
                repeats,
                input.records(),
                input.recordBytes(),
                input.partitions(),
                input.alerts(),
                input.statePutsPerRecord(),
                input.stateBytesPerPut()));
        return String.join(System.lineSeparator(), lines);
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
        return json;
    }

    private BenchTarget ratio(Contender lane, Contender bare, double atLeast) {
        double ratio = median(lane) / median(bare);
        return new BenchTarget(lane.title() + " / " + bare.title(), ratio, BenchTarget.Bound.AT_LEAST, atLeast);
    }

    private double median(Contender contender) {
        return figures.stream()
                .filter(row -> row.contender() == contender)
                .mapToDouble(row -> row.recordsPerSecond().median())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String tenths(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
