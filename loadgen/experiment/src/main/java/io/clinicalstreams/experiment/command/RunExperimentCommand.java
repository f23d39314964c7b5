package io.clinicalstreams.experiment.command;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.LevelCatalogues;
import io.clinicalstreams.experiment.result.Conclusion;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.ResultFiles;
import io.clinicalstreams.experiment.run.Commit;
import io.clinicalstreams.experiment.run.ExperimentRun;
import io.clinicalstreams.experiment.trial.ClusterTrials;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loadgen experiment run}: runs one on brokers of its own, and keeps every trial. */
@Command(
        name = "run",
        description = {
            "Runs an experiment on brokers of its own, and keeps the result after each trial.",
            "An interrupted run goes on where it stopped."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:there is a verdict",
            "1:a trial failed, or the run was interrupted; the trials before are kept",
            "2:wrong usage, or an error in the experiment; nothing was run",
            "3:the machine was too noisy for a verdict; the trials are kept"
        })
final class RunExperimentCommand implements Callable<ExitCode> {

    private static final int FEWEST_PASSES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME|FILE", description = "An experiment (see list), or a file that ends in .yaml.")
    private String nameOrFile = "";

    @Option(
            names = "--passes",
            paramLabel = "N",
            description = "Passes over all levels, 5 or more (default: the experiment's pairs).")
    private @Nullable Integer passes;

    @Option(names = "--restart", description = "Begin anew. The result so far moves to the folder earlier.")
    private boolean restart;

    @Option(
            names = "--short",
            description = "Run each level for a moment, only to see that it runs; there is no verdict.")
    private boolean isShort;

    @Mixin
    private final ResultsOption results = new ResultsOption();

    @Mixin
    private final CatalogueOptions catalogue = new CatalogueOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() throws IOException, InterruptedException {
        if (passes != null && passes < FEWEST_PASSES) {
            throw new ParameterException(spec.commandLine(), "--passes: must be at least " + FEWEST_PASSES);
        }
        CatalogueFile file = ExperimentFiles.find(nameOrFile);
        Experiment experiment = ExperimentFiles.read(file);
        Path folder = Files.createTempDirectory("clinical-streams-experiment-");
        try {
            catalogue.copyTo(folder);
            LevelCatalogues levels = LevelCatalogues.of(experiment, file.name(), catalogue.environment(), folder);
            return isShort ? briefly(experiment.shortened(), levels) : run(experiment, file, levels);
        } finally {
            LocalCluster.delete(folder);
        }
    }

    private ExitCode run(Experiment experiment, CatalogueFile file, LevelCatalogues levels)
            throws IOException, InterruptedException {
        ResultFiles kept = results.files();
        String commit = Commit.current();
        Optional<ExperimentResult> before = kept.find(experiment.name());
        if (before.isPresent() && (restart || !before.get().canGoOn(file, commit))) {
            kept.setAside(before.get());
            before = Optional.empty();
        }
        int wanted = passes == null ? experiment.pairs() : passes;
        if (before.isPresent() && before.get().isComplete(wanted)) {
            output.say(kept.file(experiment.name()) + " is complete; --restart runs it anew");
            return print(experiment, before.get());
        }
        ExperimentResult start = before.isPresent() ? before.get() : begin(experiment, file, commit, levels);
        return print(experiment, run(experiment, wanted, start, levels, kept));
    }

    /** A signal ends the trial that is running; brokers and the folder are then closed in order. */
    @SuppressWarnings("try") // the signal is not used, only kept open
    private ExperimentResult run(
            Experiment experiment, int wanted, ExperimentResult start, LevelCatalogues levels, ResultFiles kept)
            throws IOException, InterruptedException {
        Thread working = Thread.currentThread();
        try (StopSignal signal = StopSignal.telling(working::interrupt, PATIENCE);
                LocalCluster cluster = ClusterTrials.start(experiment);
                ClusterTrials trials = ClusterTrials.on(cluster, experiment, levels)) {
            ExperimentRun run = new ExperimentRun(experiment, wanted, trials, kept::keep, output::say);
            output.say("%s: %d trials and their rulers, about %s; results in %s"
                    .formatted(
                            experiment.name(),
                            run.missingTrials(start),
                            ExperimentRun.minutes(run.takes(start)),
                            kept.file(experiment.name())));
            return run.from(start);
        } catch (InterruptedException | InterruptException stopped) {
            throw new CommandException(
                    ExitCode.FAILURE, "interrupted; the trials so far are kept, and the same command goes on");
        }
    }

    private static ExperimentResult begin(
            Experiment experiment, CatalogueFile file, String commit, LevelCatalogues levels) throws IOException {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        for (FactorLevel level : experiment.levels()) {
            settings.put(level.name(), levels.inEffect(level));
        }
        return ExperimentResult.begin(experiment, file, commit, settings);
    }

    private ExitCode briefly(Experiment experiment, LevelCatalogues levels) throws IOException, InterruptedException {
        try (LocalCluster cluster = ClusterTrials.start(experiment);
                ClusterTrials trials = ClusterTrials.briefly(cluster, experiment, levels)) {
            trials.ruler();
            for (FactorLevel level : experiment.levels()) {
                trials.level(level);
                output.say(level.name() + ": runs");
            }
        }
        return ExitCode.OK;
    }

    private ExitCode print(Experiment experiment, ExperimentResult result) {
        Conclusion conclusion = Objects.requireNonNull(result.conclusion());
        output.print(() -> ResultText.table(experiment, conclusion), () -> conclusion);
        return result.hasVerdict(experiment) ? ExitCode.OK : ExitCode.NOT_HELD;
    }
}
