package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.replay.ReplaySettings;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.ScenarioFiles;
import io.clinicalstreams.loadgen.scenario.ScenarioOptions;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** {@code demo}: cluster, topics, reference data, both lanes and the load generator in one command, with a verdict. */
@Command(
        name = "demo",
        description = "Runs the whole system on this machine and reports whether anything was lost.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 nothing lost, 1 failure, 2 wrong usage, 3 something was lost, duplicated or incorrect."
        })
public final class DemoCommand implements Callable<ExitCode> {

    private static final int MOST_BROKERS = 9;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long to generate, such as 30s or 5m (default: 30s).")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "How long to generate before measuring, while the JVMs compile; judged but not measured"
                    + " (default: 20s).")
    private Duration warmUp = Duration.ofSeconds(20);

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Records per second (default: the scenario's, over time; with --input as fast as possible).")
    private @Nullable Double rate;

    @Option(names = "--brokers", paramLabel = "N", description = "Brokers to start (default: 1).")
    private int brokers = 1;

    @Mixin
    private ScenarioOptions scenario = new ScenarioOptions();

    @Option(
            names = "--input",
            paramLabel = "PATH",
            arity = "1..*",
            description = "Replay these files or folders of FHIR resources, shifted to now, instead of generating.")
    private List<Path> input = List.of();

    @Option(names = "--as-is", description = "With --input: send Bundles whole instead of split.")
    private boolean asIs;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the verdict as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--result",
            paramLabel = "FILE.json",
            description =
                    "Write the whole measurement: machine, settings, latencies and samples of each second, with an"
                            + " HdrHistogram log beside it. Kept while the run goes on.")
    private @Nullable Path result;

    @Option(names = "--keep", description = "Leave cluster and lanes running until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = "development",
            description = "Environment of the catalogue (default: ${DEFAULT-VALUE}).")
    private String environment = "development";

    @Mixin
    private ClusterOptions existing = new ClusterOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public ExitCode call() throws Exception {
        check(
                brokers >= 1 && brokers <= MOST_BROKERS,
                "--brokers: must be from 1 to " + MOST_BROKERS + ", was " + brokers);
        Optional.ofNullable(rate)
                .flatMap(RateCurve::problemWith)
                .ifPresent(problem -> check(false, "--rate: " + problem));
        check(!asIs || !input.isEmpty(), "--as-is: requires --input");
        check(
                input.isEmpty() || !isGiven("--duration", "--warm-up", "--scenario", "--patients", "--seed"),
                "--duration, --warm-up, --scenario, --patients and --seed cannot be combined with --input");
        boolean isExisting = existing.bootstrapServer().isPresent();
        check(!isExisting || !isGiven("--brokers"), "--brokers: cannot be combined with --bootstrap-server");
        check(isExisting || existing.fileSettings().isEmpty(), "--command-config: requires --bootstrap-server");
        for (Path path : input) {
            check(Files.exists(path), "--input: " + path + " does not exist");
        }
        checkFolder("--report", report);
        checkFolder("--result", result);
        try (Demo demo = new Demo(
                settings(),
                existing,
                spec.commandLine().getOut(),
                spec.commandLine().getErr())) {
            return demo.run();
        }
    }

    private DemoSettings settings() {
        Scenario generated = scenario.read(ScenarioFiles.ORDINARY, read -> read);
        return new DemoSettings(
                environment,
                brokers,
                rate != null ? RateCurve.steady(rate) : input.isEmpty() ? generated.load() : RateCurve.steady(0),
                warmUp,
                duration,
                scenario.name(ScenarioFiles.ORDINARY),
                generated,
                input.isEmpty() ? null : new ReplaySettings(input, asIs, true),
                report,
                result,
                keep);
    }

    private void checkFolder(String option, @Nullable Path file) {
        if (file != null && file.toAbsolutePath().getParent() != null) {
            check(
                    Files.isDirectory(file.toAbsolutePath().getParent()),
                    option + ": the folder of " + file + " does not exist");
        }
    }

    private boolean isGiven(String... options) {
        return Stream.of(options).anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }
}
