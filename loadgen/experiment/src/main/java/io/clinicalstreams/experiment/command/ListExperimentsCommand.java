package io.clinicalstreams.experiment.command;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.run.ExperimentRun;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loadgen experiment list}. */
@Command(
        name = "list",
        description = "Lists the experiments, how long each takes, and whether its results still count.",
        mixinStandardHelpOptions = true)
final class ListExperimentsCommand implements Callable<ExitCode> {

    /** @param state of its results, by machine; empty if there are none */
    private record Listed(Experiment experiment, List<String> state) {}

    @Mixin
    private final ResultsOption results = new ResultsOption();

    @Mixin
    private final CatalogueOptions catalogue = new CatalogueOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() throws IOException {
        Path folder = Files.createTempDirectory("clinical-streams-experiment-");
        try {
            catalogue.copyTo(folder);
            List<Listed> all = new ArrayList<>();
            for (CatalogueFile file : ExperimentFiles.all()) {
                all.add(listed(ExperimentFiles.read(file), file, folder));
            }
            output.print(
                    () -> table(all),
                    () -> all.stream().map(ListExperimentsCommand::fields).toList());
            return ExitCode.OK;
        } finally {
            LocalCluster.delete(folder);
        }
    }

    private Listed listed(Experiment experiment, CatalogueFile file, Path folder) throws IOException {
        return new Listed(
                experiment,
                KeptResult.of(experiment, file, results.files(), catalogue.environment(), folder).stream()
                        .map(each -> each.state(experiment))
                        .toList());
    }

    private static Table table(List<Listed> all) {
        Table table = new Table("EXPERIMENT", "LEVELS", "FIGURE", "TAKES", "RESULTS", "HYPOTHESIS");
        all.forEach(each -> table.row(
                each.experiment.name(),
                levels(each.experiment),
                each.experiment.figure().id(),
                takes(each.experiment),
                each.state.isEmpty() ? "none" : String.join("; ", each.state),
                each.experiment.hypothesis()));
        return table;
    }

    private static Map<String, Object> fields(Listed listed) {
        Experiment experiment = listed.experiment;
        return Map.of(
                "name", experiment.name(),
                "hypothesis", experiment.hypothesis(),
                "levels", experiment.levels().stream().map(FactorLevel::name).toList(),
                "figure", experiment.figure().id(),
                "results", listed.state);
    }

    private static String levels(Experiment experiment) {
        return experiment.levels().stream().map(FactorLevel::name).collect(Collectors.joining(", "));
    }

    private static String takes(Experiment experiment) {
        int passes = experiment.pairs();
        return ExperimentRun.minutes(
                experiment.takes(1 + passes * experiment.levels().size(), 1 + passes));
    }
}
