package io.clinicalstreams.experiment.command;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.LevelCatalogues;
import io.clinicalstreams.experiment.result.Conclusion;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.experiment.result.ResultFiles;
import io.clinicalstreams.experiment.run.ExperimentRun;
import io.clinicalstreams.experiment.trial.ClusterTrials;
import io.clinicalstreams.loadgen.measure.Commit;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
            "An interrupted run goes on with the pass that was interrupted, if the commit (without changes), JDK,",
            "machine and settings are the same."
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
        Thread working = Thread.currentThread();
        // Open until brokers and the folder are closed: the process ends as soon as the signal is.
        StopSignal signal = StopSignal.telling(working::interrupt, PATIENCE);
        Path folder = Files.createTempDirectory("clinical-streams-experiment-");
        try {
            catalogue.copyTo(folder);
            LevelCatalogues levels = LevelCatalogues.of(experiment, file.name(), catalogue.environment(), folder);
            return isShort ? briefly(experiment.shortened(), levels) : run(experiment, file, levels);
        } catch (InterruptedException | InterruptException stopped) {
            output.say(isShort ? "interrupted" : "interrupted; the trials so far are kept in " + fileOf(experiment));
            return ExitCode.FAILURE;
        } finally {
            LocalCluster.delete(folder);
            signal.close();
        }
    }

    private ExitCode run(Experiment experiment, CatalogueFile file, LevelCatalogues levels)
            throws IOException, InterruptedException {
        ResultFiles kept = results.files();
        ExperimentResult now = ExperimentResult.begin(experiment, file, Commit.current(), levels.inEffect());
        Optional<ExperimentResult> before = restart
                ? Optional.empty()
                : kept.find(experiment.name())
                        .filter(result -> !result.isStale(now) && !result.isOlderThanTheCode(now));
        int wanted = passes == null ? experiment.pairs() : passes;
        if (before.isPresent() && before.get().isComplete(wanted)) {
            return print(experiment, complete(experiment, before.get(), kept));
        }
        Optional<ExperimentResult> same = before.filter(result -> result.canGoOn(now));
        if (same.isEmpty() && kept.setAside(experiment.name())) {
            output.say("the result so far moves to the folder earlier"
                    + (restart ? "" : ": the experiment, a setting, the program, the JDK or the machine is another"));
        }
        return print(experiment, run(experiment, wanted, same.orElse(now).withCompletePasses(), levels, kept));
    }

    private ExperimentResult complete(Experiment experiment, ExperimentResult result, ResultFiles kept)
            throws IOException {
        output.say(fileOf(experiment) + " is complete; --restart runs it anew");
        if (result.finished() != null) {
            return result;
        }
        // Interrupted after more passes than are wanted now.
        ExperimentResult concluded = result.conclude(experiment);
        kept.keep(concluded);
        return concluded;
    }

    private ExperimentResult run(
            Experiment experiment, int wanted, ExperimentResult start, LevelCatalogues levels, ResultFiles kept)
            throws IOException, InterruptedException {
        try (LocalCluster cluster = ClusterTrials.start(experiment);
                ClusterTrials trials = ClusterTrials.on(cluster, experiment, levels)) {
            ExperimentRun run = new ExperimentRun(experiment, wanted, trials, kept::keep, output::say);
            output.say("%s: %d trials and their rulers, about %s; results in %s"
                    .formatted(
                            experiment.name(),
                            run.missingTrials(start),
                            ExperimentRun.minutes(run.takes(start)),
                            fileOf(experiment)));
            return run.from(start);
        }
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

    private Path fileOf(Experiment experiment) {
        return results.files().file(experiment.name());
    }

    private ExitCode print(Experiment experiment, ExperimentResult result) {
        Conclusion conclusion = Objects.requireNonNull(result.conclusion());
        output.print(() -> ResultText.table(experiment, conclusion), () -> conclusion);
        return result.hasVerdict(experiment) ? ExitCode.OK : ExitCode.NOT_HELD;
    }
}
