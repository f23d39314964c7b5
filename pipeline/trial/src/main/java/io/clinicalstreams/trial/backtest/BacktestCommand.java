package io.clinicalstreams.trial.backtest;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.trial.DatedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alerts backtest}: compares rule sets on recorded stays. */
@Command(
        name = "backtest",
        description = {
            "Tries alert rules on recorded stays, without a broker: pages per 100 patient-days, and with outcomes"
                    + " sensitivity, positive predictive value and lead time, each with a 95 % interval. Each further"
                    + " --rules is compared with the first, alert by alert.",
            "A patient's stay is all that the input has of it.",
            "Not a medical device: figures from one data set say nothing about another ward."
        },
        mixinStandardHelpOptions = true)
public final class BacktestCommand implements Callable<ExitCode> {

    @Option(
            names = "--rules",
            required = true,
            paramLabel = "FILE",
            description =
                    "A file of alert rules, or a folder with alert-rules.yaml. Give it again for each further rule set.")
    private List<Path> rules = new ArrayList<>();

    @Mixin
    private DatedInput input = new DatedInput();

    @Option(
            names = "--outcomes",
            paramLabel = "CSV",
            description =
                    "A file with the columns 'patient', the one of --onset, and, if there is one, 'hours': the length"
                            + " of the stay. Only the stays of its patients count.")
    private @Nullable Path outcomes;

    @Option(
            names = "--onset",
            paramLabel = "COLUMN",
            description =
                    "The column with the onset to foresee: empty, a time, or hours after hour zero (default: 'onset',"
                            + " else the last column).")
    private @Nullable String onset;

    @Option(
            names = "--hour-zero",
            paramLabel = "TIME",
            description = "Hour zero of every stay (default: each stay's first reading).")
    private @Nullable Instant hourZero;

    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            defaultValue = "PT48H",
            description = "A page foresees an onset if it comes at most so long before it (default: ${DEFAULT-VALUE}).")
    private Duration horizon = Duration.ofDays(2);

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML page, with every alert that differs.")
    private @Nullable Path report;

    @Mixin
    private CatalogueOptions catalogue = new CatalogueOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Override
    public ExitCode call() throws IOException {
        Backtest.Design design = new Backtest.Design(
                catalogue.load(),
                input.files().paths(),
                outcomes == null ? null : Outcomes.read(outcomes, onset),
                hourZero,
                horizon,
                input.now());
        List<Backtest> backtests = new ArrayList<>();
        for (Path each : rules) {
            backtests.add(design.run(each, backtests.isEmpty() ? null : backtests.get(0)));
            output.say("evaluated " + backtests.get(0).summary().resources() + " resources with " + each);
        }
        sayWhoIsLeftOut(design.outcomes(), backtests.get(0));
        BacktestResult result = new BacktestResult(backtests);
        output.print(() -> result.overview() + "\n\n" + result.byRule(), result::fields);
        if (report != null) {
            write(report, new HtmlReport(result, assumptions()).text());
        }
        return ExitCode.OK;
    }

    private void sayWhoIsLeftOut(@Nullable Outcomes known, Backtest first) {
        if (known != null) {
            long stays = first.measures().stays();
            output.say("left out: " + (known.byPatient().size() - stays)
                    + " patients of the outcomes without a dated reading, "
                    + (first.summary().patients() - stays) + " patients of the input without an outcome");
        }
    }

    private String assumptions() {
        return "A page foresees an onset if it comes at most " + BacktestResult.decimal(horizon.toMinutes() / 60.0)
                + " hours before it.";
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException failed) {
            throw new CommandException(
                    ExitCode.FAILURE, "report: " + file + " cannot be written: " + IoReason.of(failed));
        }
    }
}
