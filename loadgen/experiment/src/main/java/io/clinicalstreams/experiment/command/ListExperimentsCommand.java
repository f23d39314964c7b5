package io.clinicalstreams.experiment.command;

import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.run.ExperimentRun;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loadgen experiment list}. */
@Command(name = "list", description = "Lists the experiments.", mixinStandardHelpOptions = true)
final class ListExperimentsCommand implements Callable<ExitCode> {

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        List<Experiment> all =
                ExperimentFiles.all().stream().map(ExperimentFiles::read).toList();
        output.print(
                () -> table(all),
                () -> all.stream().map(ListExperimentsCommand::fields).toList());
        return ExitCode.OK;
    }

    private static Table table(List<Experiment> all) {
        Table table = new Table("EXPERIMENT", "LEVELS", "FIGURE", "TAKES", "HYPOTHESIS");
        all.forEach(each -> table.row(each.name(), levels(each), each.figure().id(), takes(each), each.hypothesis()));
        return table;
    }

    private static Map<String, Object> fields(Experiment experiment) {
        return Map.of(
                "name", experiment.name(),
                "hypothesis", experiment.hypothesis(),
                "levels", experiment.levels().stream().map(FactorLevel::name).toList(),
                "figure", experiment.figure().id());
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
