package io.clinicalstreams.loadgen.command;

import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSettings;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code loadgen run}: generates input and sends it on a fixed schedule. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Generates FHIR R4 resources and sends them on a fixed schedule, late or not.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all sent and confirmed",
            "1:a record was refused or not delivered, or measuring ended early",
            "2:wrong usage or configuration"
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "500",
            converter = RateText.class,
            description = "Records a second, ${DEFAULT-VALUE} unless given; 0 is as fast as possible.")
    private double rate;

    @Option(names = "--duration", paramLabel = "D", description = "How long to send, such as 30s; else until stopped.")
    private @Nullable Duration duration;

    @Option(names = "--records", paramLabel = "N", description = "How many records to send; else no limit.")
    private long records = Long.MAX_VALUE;

    @Option(
            names = "--patients",
            paramLabel = "N",
            defaultValue = "" + GeneratorSettings.DEFAULT_PATIENTS,
            description = "Number of patients, ${DEFAULT-VALUE} unless given.")
    private int patients;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "" + GeneratorSettings.DEFAULT_SEED,
            description =
                    "The same seed, patients and fractions give the same kinds of resources of the same patients in the"
                            + " same order; ${DEFAULT-VALUE} unless given.")
    private long seed;

    @Option(
            names = "--critical",
            paramLabel = "F",
            defaultValue = "" + GeneratorSettings.DEFAULT_CRITICAL,
            description = "Fraction of records beyond a critical limit, in episodes; ${DEFAULT-VALUE} unless given.")
    private double critical;

    @Option(
            names = "--malformed",
            paramLabel = "F",
            defaultValue = "" + GeneratorSettings.DEFAULT_MALFORMED,
            description = "Fraction of bad input of all kinds in turn; ${DEFAULT-VALUE} unless given.")
    private double malformed;

    @Option(
            names = "--miskeyed",
            paramLabel = "F",
            defaultValue = "" + GeneratorSettings.DEFAULT_MISKEYED,
            description =
                    "Fraction under no key, another patient's key or on another partition; ${DEFAULT-VALUE} unless"
                            + " given.")
    private double miskeyed;

    @Option(
            names = "--bundles",
            paramLabel = "F",
            defaultValue = "" + GeneratorSettings.DEFAULT_BUNDLES,
            description = "Fraction of transaction Bundles of one patient; ${DEFAULT-VALUE} unless given.")
    private double bundles;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description = "The time of the first record, from which all times in the resources derive, such as"
                    + " 2026-01-31T12:00:00Z; now unless given, so that nothing is stale. The same seed, patients,"
                    + " fractions, rate and start give the same bytes.")
    private @Nullable Instant start;

    @Override
    public Integer call() throws Exception {
        GeneratorSettings settings = settings();
        Catalogue catalogue = catalogueOptions.load();
        try (Session session = Session.open(catalogue, cluster.clientSettings(catalogue.where()), output, spec)) {
            Generator generator = new Generator(settings, session.partitions());
            Instant first = start == null ? Instant.now().truncatedTo(ChronoUnit.MILLIS) : start;
            Duration longest = duration == null ? ChronoUnit.FOREVER.getDuration() : duration;
            return session.run(new GeneratorSource(generator, first, rate, records), rate, longest);
        }
    }

    private GeneratorSettings settings() {
        try {
            return new GeneratorSettings(seed, patients, critical, malformed, miskeyed, bundles);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}
