package io.clinicalstreams.demo.bench;

import io.clinicalstreams.demo.DemoCluster;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.ScenarioOptions;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
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
                "Measures both lanes against bare topologies over the same input, with --against the recording lane against"
                        + " other systems, or with --latency the path to an alert against a bare echo.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Systems for --against. They have the lane's input, brokers and output topics,",
            "and each output is compared with its input:",
            "  kafka-clients  Kafka's clients alone: the lane's own step, settings and commit",
            "                 interval without Kafka Streams. Exactly once, but it cannot",
            "                 rebalance.",
            "  thread-pool    The consumer with a thread pool of the source documents. Routes",
            "                 JSON by type, validates nothing. At least once: after a crash",
            "                 it writes records again.",
            "  naive          What most people write: HAPI parses and encodes, String serdes,",
            "                 Kafka's defaults except exactly_once_v2. Exactly once. With",
            "                 --latency: alerts written that way.",
            "  flink          Apache Flink 2.2 in a local cluster: the lane's own step and",
            "                 client settings, a checkpoint for each of the lane's commits, no",
            "                 ledger. Exactly once. The alerting lane runs too.",
            "  kafka-4.3      The recording lane with Kafka 4.3.1. Exactly once.",
            "",
            "Exit codes: 0 measured, 1 failure, 2 wrong usage, 3 with --check a target was not reached, or the machine"
                    + " was too noisy."
        })
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
            description = "Measured rounds (default: 5, the fewest for a result).")
    private int repeats = 5;

    @Option(
            names = "--warm-up-rounds",
            paramLabel = "N",
            description = "Rounds before that, which do not count (default: 1).")
    private int warmUpRounds = 1;

    @Option(
            names = "--against",
            paramLabel = "NAME",
            split = ",",
            description = "Other systems that do the recording lane's work, each in a JVM of its own: "
                    + "kafka-clients, thread-pool, naive, flink, kafka-4.3, or all; see below. With --latency: naive.")
    private List<String> against = List.of();

    @Option(
            names = "--java",
            paramLabel = "DIR",
            description = "Also run the recording lane on the Java installed here; may be repeated.")
    private List<Path> javas = List.of();

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

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

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
        Catalogue catalogue = catalogueOptions.load();
        List<Contender> contenders = contenders();
        try (StopSignal signal = StopSignal.telling(Thread.currentThread()::interrupt, STOP);
                DemoCluster cluster = DemoCluster.open(existing, catalogue.where(), 1, err)) {
            Path folder = cluster.folder().resolve("catalogue");
            catalogueOptions.copyTo(folder);
            BenchResult result = latency
                    ? new LatencyBench(
                                    cluster,
                                    new LatencyBench.Settings(
                                            folder,
                                            catalogueOptions.environment(),
                                            scenario,
                                            load(scenario),
                                            duration,
                                            warmUp,
                                            !against.isEmpty()),
                                    err)
                            .run()
                    : throughput(folder, contenders, scenario, cluster, err);
            output.print(result::table, result::json);
            return check && !result.isReached() ? ExitCode.NOT_HELD : ExitCode.OK;
        } catch (InterruptedException interrupted) {
            err.println("Interrupted: no result.");
            return ExitCode.FAILURE;
        }
    }

    private BenchResult throughput(
            Path folder, List<Contender> contenders, Scenario scenario, DemoCluster cluster, PrintWriter err)
            throws IOException, InterruptedException {
        ThroughputBench.Settings settings = new ThroughputBench.Settings(
                folder,
                catalogueOptions.environment(),
                contenders,
                isApart(),
                records,
                warmUpRounds,
                repeats,
                scenario);
        try (ThroughputBench bench = new ThroughputBench(cluster, settings, err)) {
            return bench.run();
        }
    }

    /** Whether each contender has a JVM of its own. */
    private boolean isApart() {
        return !against.isEmpty() || !javas.isEmpty();
    }

    private List<Contender> contenders() {
        if (!isApart()) {
            return Contender.LANES;
        }
        Set<Contender> contenders = new LinkedHashSet<>(List.of(Contender.PASS_THROUGH, Contender.RECORDING));
        for (String name : against) {
            Optional<List<OtherSystem>> systems = OtherSystem.named(name);
            require(systems.isPresent(), "--against: there is no '" + name + "', only " + OtherSystem.names());
            systems.ifPresent(found -> found.forEach(system -> contenders.add(system.contender())));
        }
        if (contenders.contains(OtherSystem.FLINK.contender())) {
            contenders.add(Contender.ALERTING);
        }
        javas.forEach(home -> contenders.add(Contender.RECORDING.on(home, version(home))));
        return List.copyOf(contenders);
    }

    /** As in the file that every JDK has. */
    private String version(Path home) {
        Properties release = new Properties();
        try (Reader file = Files.newBufferedReader(home.resolve("release"))) {
            release.load(file);
        } catch (IOException missing) {
            require(false, "--java: no Java is installed in " + home);
        }
        return release.getProperty("JAVA_VERSION", "unknown").replace("\"", "");
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
        require(warmUpRounds >= 0, "--warm-up-rounds: must not be negative, was " + warmUpRounds);
        require(rate == null || rate > 0, "--rate: must be positive, was " + rate);
        Optional.ofNullable(rate)
                .flatMap(RateCurve::problemWith)
                .ifPresent(problem -> require(false, "--rate: " + problem));
        require(
                latency || !isGiven("--rate", "--duration", "--warm-up"),
                "--rate, --duration and --warm-up require --latency");
        require(
                !latency || !isGiven("--records", "--repeats", "--warm-up-rounds"),
                "--records, --repeats and --warm-up-rounds cannot be combined with --latency");
        require(
                !latency || (javas.isEmpty() && against.stream().allMatch("naive"::equals)),
                "--latency: the only other system is --against naive, and --java cannot be combined with it");
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
