package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loadgen run}: generates input and sends it on a fixed schedule. */
@Command(name = "run", description = "Generates FHIR R4 resources and sends them on a fixed schedule, late or not.")
final class RunCommand extends GeneratingCommand {

    /** FHIR writes years with four digits, and patients are born long before the first record. */
    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Records per second, 0 for as fast as possible (default: the scenario's, over time).")
    private @Nullable Double rate;

    @Option(
            names = "--duration",
            paramLabel = "D",
            description = "How long to send, such as 30s (default: until Ctrl-C).")
    private @Nullable Duration duration;

    @Option(names = "--records", paramLabel = "N", description = "How many records to send (default: no limit).")
    private long records = Long.MAX_VALUE;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "Time of the first record, such as 2026-01-31T12:00:00Z (default: now, so that nothing is"
                    + " stale). All times in the resources derive from it and the scenario's own rate: the same seed,"
                    + " scenario and start give the same bytes, at any --rate and number of threads.")
    private @Nullable Instant start;

    @Override
    RateCurve load() {
        return rate == null ? scenario().load() : steady("--rate", rate);
    }

    @Override
    Duration duration() {
        return duration == null ? ChronoUnit.FOREVER.getDuration() : duration;
    }

    @Override
    boolean isEndless() {
        return duration == null && records == Long.MAX_VALUE;
    }

    @Override
    void checkOptions(Catalogue catalogue) {
        // A wrong rate or scenario is said before a cluster is asked.
        RateCurve unused = load();
        Scenario unusedToo = scenario();
        if (records < 0) {
            throw wrongUsage("--records: must be 0 or more, was " + records);
        }
        if (start != null && (start.isBefore(EARLIEST) || start.isAfter(LATEST))) {
            throw wrongUsage("--start: must be from " + EARLIEST + " to " + LATEST + ", was " + start);
        }
    }

    @Override
    Source source(Catalogue catalogue, Schedule schedule, int partitions) {
        Generator generator = new Generator(scenario(), partitions);
        return start == null
                ? new GeneratorSource(generator, Instant.now().truncatedTo(ChronoUnit.MILLIS), schedule.load(), records)
                : new GeneratorSource(generator, start, scenario().load(), records);
    }

    @Override
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (duration != null) {
            settings.put("durationSeconds", duration.toMillis() / 1e3);
        }
        settings.putAll(scenarioSettings());
        return settings;
    }
}
