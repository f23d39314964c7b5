package io.clinicalstreams.experiment.command;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.result.Conclusion;
import io.clinicalstreams.experiment.result.ExperimentResult;
import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code loadgen experiment table}: the table of {@code loadgen/experiments/README.md}. */
@Command(
        name = "table",
        description = "Prints the results of all experiments as the Markdown table of loadgen/experiments/README.md.",
        mixinStandardHelpOptions = true)
final class ExperimentTableCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final ResultsOption results = new ResultsOption();

    @Mixin
    private final CatalogueOptions catalogue = new CatalogueOptions();

    @Override
    public ExitCode call() throws IOException {
        Path folder = Files.createTempDirectory("clinical-streams-experiment-");
        try {
            catalogue.copyTo(folder);
            print(folder);
            return ExitCode.OK;
        } finally {
            LocalCluster.delete(folder);
        }
    }

    private void print(Path folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("| experiment | hypothesis | claim | deciding figure, against the first level | where |");
        out.println("|---|---|---|---|---|");
        for (CatalogueFile file : ExperimentFiles.all()) {
            Experiment experiment = ExperimentFiles.read(file);
            List<KeptResult> own = KeptResult.of(experiment, file, results.files(), catalogue.environment(), folder);
            if (own.isEmpty()) {
                row(out, experiment, "not run yet: " + levels(experiment), "-");
            }
            // Not whether the lanes' code has changed: the README would change with each commit. The list says it.
            own.forEach(each -> row(
                    out,
                    experiment,
                    each.isStale() ? each.state(experiment) : outcome(experiment, each.result()),
                    where(each.result())));
        }
        out.flush();
    }

    private static void row(PrintWriter out, Experiment experiment, String outcome, String where) {
        out.println("| `%s` | %s | %s | %s | %s |"
                .formatted(experiment.name(), experiment.hypothesis(), experiment.source(), outcome, where));
    }

    private static String outcome(Experiment experiment, ExperimentResult result) {
        Conclusion conclusion = result.conclusion();
        if (conclusion == null) {
            return "interrupted";
        }
        if (conclusion.isTooNoisy(experiment)) {
            return "machine too noisy: " + ResultText.rulers(experiment, conclusion);
        }
        return "%s, %s: %s"
                        .formatted(
                                experiment.figure().id(),
                                experiment.baseline(),
                                ResultText.figure(
                                        conclusion.baselineMedians().getOrDefault(experiment.figure(), Double.NaN),
                                        experiment.figure().unit()))
                + conclusion.deciding(experiment).stream()
                        .map(each -> "; " + ResultText.line(each))
                        .collect(Collectors.joining());
    }

    private static String where(ExperimentResult result) {
        return "%s, %d cores, Kafka %s, %s"
                .formatted(result.machine().cpu(), result.machine().cores(), result.kafka(), result.commit());
    }

    private static String levels(Experiment experiment) {
        return experiment.levels().stream().map(FactorLevel::name).collect(Collectors.joining("; "));
    }
}
