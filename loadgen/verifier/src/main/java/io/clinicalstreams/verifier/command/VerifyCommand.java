package io.clinicalstreams.verifier.command;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckPrinter;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.StartMark;
import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.source.RangeSource;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code verify}: judges a run from its topics. */
@Command(
        name = "verify",
        description = {
            "Judges a run from outside: reads the topics from a start up to now and reports the outcome of"
                    + " every resource, and whether anything is lost, duplicated, out of order or otherwise"
                    + " incorrect.",
            "First waits until the lanes have processed the current input; later input is not judged. Needs READ"
                    + " on the topics and DESCRIBE on the lanes' groups. Memory grows with the number of"
                    + " resources: for more, set JAVA_OPTS=-Xmx4g."
        },
        mixinStandardHelpOptions = true,
        subcommands = {MarkCommand.class, LedgerCommand.class},
        footer = {
            "",
            "Exit codes: 0 all guarantees held, 1 no verdict, 2 wrong usage or configuration, 3 a guarantee did"
                    + " not hold."
        })
public final class VerifyCommand implements Callable<ExitCode> {

    private static final Duration WAIT = Duration.ofMinutes(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @ArgGroup(multiplicity = "0..1")
    private @Nullable StartOptions start;

    @Option(
            names = "--confirmed",
            paramLabel = "N",
            description = "Records confirmed to the sender since the start: if the topic has fewer, the rest is lost.")
    private @Nullable Long confirmed;

    @Option(names = "--without-alerts", description = "Judge the recording lane only.")
    private boolean withoutAlerts;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            description = "How long to wait for the lanes, such as 30s or 5m (default: 1m).")
    private @Nullable Duration wait;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        StartOptions options = start;
        if (options == null) {
            throw new ParameterException(spec.commandLine(), StartOptions.REQUIRED);
        }
        if (confirmed != null && confirmed < 0) {
            throw new ParameterException(spec.commandLine(), "--confirmed: must not be negative, was " + confirmed);
        }
        Catalogue catalogue = catalogueOptions.load();
        List<Lane> lanes = catalogue.lanes().stream()
                .filter(lane -> !withoutAlerts || lane.name().equals("recording"))
                .toList();
        PrintWriter err = spec.commandLine().getErr();
        Verifier verifier = new Verifier(catalogue, cluster.clientSettings(catalogue.where()), lanes, err::println);
        StartMark now = verifier.startMark();
        StartOptions.Start from = options.start(verifier.topics(), now);
        err.println("Waiting until the lanes have processed the input, then reading the topics ...");
        RunVerdict verdict = judge(verifier, from, now);
        print(catalogue, verdict);
        return verdict.isGood() ? ExitCode.OK : ExitCode.NOT_HELD;
    }

    private RunVerdict judge(Verifier verifier, StartOptions.Start from, StartMark now) {
        verifier.awaitProcessed(from.from(), Objects.requireNonNullElse(wait, WAIT));
        RangeSource range =
                new RangeSource(verifier.source(), verifier.topics(), from.from(), from.processed(), now.ends());
        return RunVerdict.of(range, verifier.topics(), from.from(), confirmed == null ? -1 : confirmed, !withoutAlerts);
    }

    private void print(Catalogue catalogue, RunVerdict verdict) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put("resources", verdict.resources());
        about.put("alerts", verdict.alerts());
        CheckPrinter checks = new CheckPrinter(about, verdict.checks(), verdict.isGood());
        String gap = System.lineSeparator() + System.lineSeparator();
        output.print(() -> table(verdict.resources()) + gap + checks.table(), checks::fields);
    }

    private static Table table(Verdict resources) {
        Table table = new Table("RESOURCES", "OUTCOME");
        resources.recorded().forEach((topic, count) -> table.row(count.toString(), "recorded in " + topic));
        resources.rejected().forEach((reason, count) -> table.row(count.toString(), "rejected as " + reason));
        resources.ignored().forEach((reason, count) -> table.row(count.toString(), "ignored as " + reason));
        table.row(Long.toString(resources.lost()), "lost");
        return table;
    }
}
