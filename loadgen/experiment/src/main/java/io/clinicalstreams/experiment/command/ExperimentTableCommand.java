package io.clinicalstreams.experiment.command;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.experiment.Experiment;
import io.clinicalstreams.experiment.ExperimentFiles;
import io.clinicalstreams.experiment.FactorLevel;
import io.clinicalstreams.experiment.Metric;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loadgen experiment table}: the table of {@code loadgen/experiments/README.md}. */
@Command(
        name = "table",
        description = {
            "Prints the results of all experiments as the Markdown table of loadgen/experiments/README.md.",
            "With names, prints every figure of these experiments."
        },
        mixinStandardHelpOptions = true)
final class ExperimentTableCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "Experiments of which to print every figure.")
    private List<String> names = List.of();

    @Mixin
    private final ResultsOption results = new ResultsOption();

    @Mixin
    private final CatalogueOptions catalogue = new CatalogueOptions();

    @Override
    public ExitCode call() throws IOException {
        Path folder = Files.createTempDirectory("clinical-streams-experiment-");
        try {
            catalogue.copyTo(folder);
            if (names.isEmpty()) {
                printAll(folder);
            } else {
                printFigures(folder);
            }
            return ExitCode.OK;
        } finally {
            LocalCluster.delete(folder);
        }
    }

    private void printFigures(Path folder) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("| experiment | figure | baseline | against the baseline | where |");
        out.println("|---|---|---|---|---|");
        for (String name : names) {
            CatalogueFile file = ExperimentFiles.find(name);
            Experiment experiment = ExperimentFiles.read(file);
            List<KeptResult> own = KeptResult.of(experiment, file, results.files(), catalogue.environment(), folder);
            if (own.isEmpty()) {
                figureRow(out, experiment, experiment.figure(), "not run yet", levels(experiment), "-");
            }
            own.forEach(each -> printFigures(out, experiment, each));
        }
        out.flush();
    }

    private static void printFigures(PrintWriter out, Experiment experiment, KeptResult kept) {
        Conclusion conclusion = kept.result().conclusion();
        if (kept.isStale() || conclusion == null) {
            figureRow(out, experiment, experiment.figure(), kept.state(experiment), "-", where(kept.result()));
            return;
        }
        conclusion
                .baselineMedians()
                .forEach((metric, median) -> figureRow(
                        out,
                        experiment,
                        metric,
                        experiment.baseline() + ": " + ResultText.figure(median, metric.unit()),
                        conclusion.comparisons().stream()
                                .filter(each -> each.figure() == metric)
                                .map(ResultText::line)
                                .collect(Collectors.joining("; ")),
                        where(kept.result())));
    }

    private static void figureRow(
            PrintWriter out, Experiment experiment, Metric metric, String baseline, String levels, String where) {
        out.println("| `%s` | %s | %s | %s | %s |".formatted(experiment.name(), metric.id(), baseline, levels, where));
    }

    private void printAll(Path folder) throws IOException {
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
