package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.ScenarioOptions;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: measures the lanes against bare topologies, or with {@code --latency} against a bare echo. */
@Command(
        name = "bench",
        description =
                "Measures both lanes against bare topologies over the same input, or with --latency against a bare"
                        + " echo.",
        mixinStandardHelpOptions = true,
        footer = {"", "Exit codes: 0 measured, 1 failure, 2 wrong usage, 3 with --check a target was not reached."})
public final class BenchCommand implements Callable<ExitCode> {

    private static final Duration STOP = Duration.ofSeconds(20);

    @Option(names = "--latency", description = "Measure latency instead of throughput.")
    private boolean latency;

    @Option(
            names = "--records",
            paramLabel = "N",
            description = "Observations that every topology processes (default: 400000).")
    private long records = 400_000;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Measured rounds, after one warm-up round (default: 3).")
    private int repeats = 3;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "With --latency: records per second (default: the scenario's, over time).")
    private @Nullable Double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "With --latency: how long to measure (default: 30s).")
    private Duration duration = Duration.ofSeconds(30);

    /** On two cores, JIT compilation of brokers and lanes takes this long; before that, latencies are twice as high. */
    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "With --latency: how long to send before measuring (default: 40s).")
    private Duration warmUp = Duration.ofSeconds(40);

    @Mixin
    private ScenarioOptions scenarioOptions = new ScenarioOptions();

    @Option(names = "--check", description = "End with exit code 3 when a target is not reached.")
    private boolean check;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "development",
            description = "Environment of the catalogue (default: ${DEFAULT-VALUE}).")
    private String environment = "development";

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private ClusterOptions existing = new ClusterOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    @SuppressWarnings("try") // The signal is not used, only kept open.
    public ExitCode call() throws IOException {
        checkOptions();
        Scenario scenario = scenario();
        PrintWriter err = spec.commandLine().getErr();
        Catalogue catalogue = CatalogueLoader.load(environment);
        try (StopSignal signal = StopSignal.telling(Thread.currentThread()::interrupt, STOP);
                DemoCluster cluster = DemoCluster.open(existing, catalogue.where(), 1, err)) {
            BenchResult result = measure(scenario, cluster, err);
            output.print(result::table, result::json);
            return check && !result.isReached() ? ExitCode.NOT_HELD : ExitCode.OK;
        } catch (InterruptedException interrupted) {
            err.println("Interrupted: no result.");
            return ExitCode.FAILURE;
        }
    }

    private BenchResult measure(Scenario scenario, DemoCluster cluster, PrintWriter err)
            throws IOException, InterruptedException {
        return latency
                ? new LatencyBench(
                                cluster,
                                new LatencyBench.Settings(environment, scenario, load(scenario), duration, warmUp),
                                err)
                        .run()
                : new ThroughputBench(
                                cluster, new ThroughputBench.Settings(environment, records, repeats, scenario), err)
                        .run();
    }

    private RateCurve load(Scenario scenario) {
        return rate == null ? scenario.load() : RateCurve.steady(rate);
    }

    /** Each contender must process each record, so for throughput all are valid Observations under their own key. */
    private Scenario scenario() {
        Scenario scenario = scenarioOptions.read(latency ? "many-alerts" : "observations", read -> read);
        require(
                latency || scenario.isOnlyObservations(),
                "--scenario: throughput is measured with valid, rightly keyed Observations only; start from"
                        + " loadgen/scenarios/observations.yaml");
        require(!latency || load(scenario).isPaced(), "--latency: the scenario has no rate; pass --rate");
        return scenario;
    }

    private void checkOptions() {
        require(records > 0, "--records: must be positive, was " + records);
        require(repeats > 0, "--repeats: must be positive, was " + repeats);
        require(rate == null || rate > 0, "--rate: must be positive, was " + rate);
        Optional.ofNullable(rate)
                .flatMap(RateCurve::problemWith)
                .ifPresent(problem -> require(false, "--rate: " + problem));
        require(
                latency || !isGiven("--rate", "--duration", "--warm-up"),
                "--rate, --duration and --warm-up require --latency");
        require(
                !latency || !isGiven("--records", "--repeats"),
                "--records and --repeats cannot be combined with --latency");
    }

    private boolean isGiven(String... options) {
        return Stream.of(options).anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
    }

    private void require(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
