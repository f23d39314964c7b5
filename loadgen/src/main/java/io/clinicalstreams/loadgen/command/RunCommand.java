package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.ScenarioFiles;
import io.clinicalstreams.loadgen.scenario.ScenarioOptions;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code loadgen run}: generates input and sends it on a fixed schedule. */
@Command(name = "run", description = "Generates FHIR R4 resources and sends them on a fixed schedule, late or not.")
final class RunCommand extends SendingCommand {

    /** FHIR writes years with four digits, and patients are born long before the first record. */
    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    @Mixin
    private ScenarioOptions scenarioOptions = new ScenarioOptions();

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
            names = "--critical",
            paramLabel = "F",
            description = "Fraction of records beyond a critical limit, in episodes.")
    private @Nullable Double critical;

    @Option(names = "--malformed", paramLabel = "F", description = "Fraction of malformed input, all kinds in turn.")
    private @Nullable Double malformed;

    @Option(
            names = "--miskeyed",
            paramLabel = "F",
            description = "Fraction with no key, another patient's key or the wrong partition.")
    private @Nullable Double miskeyed;

    @Option(names = "--bundles", paramLabel = "F", description = "Fraction of transaction Bundles for one patient.")
    private @Nullable Double bundles;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            description = "Pad records to this size, key included, with a narrative in their resource. Larger"
                    + " records, Bundles and malformed input are not padded. Below 1000, readings are lean: 380 bytes"
                    + " is the least.")
    private @Nullable Integer bytes;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "Time of the first record, such as 2026-01-31T12:00:00Z (default: now, so that nothing is"
                    + " stale). All times in the resources derive from it and the scenario's own rate: the same seed,"
                    + " scenario and start give the same bytes, at any --rate and number of threads.")
    private @Nullable Instant start;

    private @Nullable Scenario scenario;

    @Override
    RateCurve load() {
        return rate == null ? scenario().load() : steady(rate);
    }

    @Override
    Duration duration() {
        return duration == null ? ChronoUnit.FOREVER.getDuration() : duration;
    }

    @Override
    Source source(Catalogue catalogue, Schedule schedule, Callable<Integer> partitions) throws Exception {
        if (records < 0) {
            throw wrongUsage("--records: must be 0 or more, was " + records);
        }
        if (start != null && (start.isBefore(EARLIEST) || start.isAfter(LATEST))) {
            throw wrongUsage("--start: must be from " + EARLIEST + " to " + LATEST + ", was " + start);
        }
        Generator generator = new Generator(scenario(), partitions.call());
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
        settings.put("scenario", scenarioOptions.name(otherwise()));
        settings.put("patients", scenario().patients());
        settings.put("seed", scenario().seed());
        for (Share share : Share.values()) {
            settings.put(share.key(), scenario().share(share));
        }
        settings.put("bytes", scenario().bytes());
        return settings;
    }

    /** Malformed input tests the pipeline; another topic would only refuse some of it for its size. */
    private String otherwise() {
        return isToPipeline() ? ScenarioFiles.ORDINARY : ScenarioFiles.VALID;
    }

    private Scenario scenario() {
        if (scenario == null) {
            scenario = scenarioOptions.read(otherwise(), this::overridden);
        }
        return scenario;
    }

    private Scenario overridden(Scenario read) {
        Scenario overridden = bytes == null ? read : read.withBytes(bytes);
        Map<Share, @Nullable Double> given = new EnumMap<>(Share.class);
        given.put(Share.CRITICAL, critical);
        given.put(Share.MALFORMED, malformed);
        given.put(Share.MISKEYED, miskeyed);
        given.put(Share.BUNDLES, bundles);
        return overridden.with(given);
    }
}
