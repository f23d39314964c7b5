package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code loadgen run}: generates input and sends it on a fixed schedule. */
@Command(name = "run", description = "Generates FHIR R4 resources and sends them on a fixed schedule, late or not.")
final class RunCommand extends SendingCommand {

    /** FHIR writes years with four digits, and patients are born long before the first record. */
    private static final Instant EARLIEST = Instant.parse("1000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9000-01-01T00:00:00Z");

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "500",
            description = "Records per second, 0 for as fast as possible (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--duration",
            paramLabel = "D",
            description = "How long to send, such as 30s (default: until Ctrl-C).")
    private @Nullable Duration duration;

    @Option(names = "--records", paramLabel = "N", description = "How many records to send (default: no limit).")
    private long records = Long.MAX_VALUE;

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "" + GeneratorSettings.DEFAULT_PATIENTS,
            description = "How many patients (default: ${DEFAULT-VALUE}).")
    private int patients;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "" + GeneratorSettings.DEFAULT_SEED,
            description = "The same seed, patients and fractions give the same kinds of resources for the same"
                    + " patients in the same order (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--critical",
            paramLabel = "F",
            defaultValue = "" + GeneratorSettings.DEFAULT_CRITICAL,
            description = "Fraction of records beyond a critical limit, in episodes (default: ${DEFAULT-VALUE}).")
    private double critical;

    @Option(
            names = "--malformed",
            paramLabel = "F",
            description = "Fraction of malformed input, all kinds in turn (default: "
                    + GeneratorSettings.DEFAULT_MALFORMED
                    + ", with another --topic 0).")
    private @Nullable Double malformed;

    @Option(
            names = "--miskeyed",
            paramLabel = "F",
            description = "Fraction with no key, another patient's key or the wrong partition (default: "
                    + GeneratorSettings.DEFAULT_MISKEYED + ", with another --topic 0).")
    private @Nullable Double miskeyed;

    @Option(
            names = "--bundles",
            paramLabel = "F",
            defaultValue = "" + GeneratorSettings.DEFAULT_BUNDLES,
            description = "Fraction of transaction Bundles for one patient (default: ${DEFAULT-VALUE}).")
    private double bundles;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Pad records to this size, key included, with a narrative in their resource; larger"
                    + " records, Bundles and malformed input are not padded (default: no padding).")
    private int bytes;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "Time of the first record, from which all times in the resources derive, such as"
                    + " 2026-01-31T12:00:00Z (default: now, so that nothing is stale). The same seed, patients,"
                    + " fractions, rate, bytes and start give the same bytes.")
    private @Nullable Instant start;

    @Override
    double rate() {
        return rate;
    }

    @Override
    Duration duration() {
        return duration == null ? ChronoUnit.FOREVER.getDuration() : duration;
    }

    @Override
    Source source(Catalogue catalogue, Callable<Integer> partitions) throws Exception {
        GeneratorSettings settings = generator();
        Instant first = start == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : start;
        return new GeneratorSource(new Generator(settings, partitions.call()), first, rate, records);
    }

    @Override
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (duration != null) {
            settings.put("durationSeconds", duration.toMillis() / 1e3);
        }
        settings.put("patients", patients);
        settings.put("seed", seed);
        settings.put("critical", critical);
        settings.put("malformed", malformed());
        settings.put("miskeyed", miskeyed());
        settings.put("bundles", bundles);
        settings.put("bytes", bytes);
        return settings;
    }

    /** Malformed input tests the pipeline; another topic would only refuse some of it for its size. */
    private double malformed() {
        return malformed != null ? malformed : isToPipeline() ? GeneratorSettings.DEFAULT_MALFORMED : 0;
    }

    private double miskeyed() {
        return miskeyed != null ? miskeyed : isToPipeline() ? GeneratorSettings.DEFAULT_MISKEYED : 0;
    }

    private GeneratorSettings generator() {
        if (records < 0) {
            throw wrongUsage(new IllegalArgumentException("--records: must be 0 or more, was " + records));
        }
        if (start != null && (start.isBefore(EARLIEST) || start.isAfter(LATEST))) {
            throw wrongUsage(new IllegalArgumentException(
                    "--start: must be from " + EARLIEST + " to " + LATEST + ", was " + start));
        }
        try {
            return new GeneratorSettings(seed, patients, critical, malformed(), miskeyed(), bundles, bytes);
        } catch (IllegalArgumentException wrong) {
            throw wrongUsage(wrong);
        }
    }
}
