package io.clinicalstreams.verifier.command;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.check.CheckPrinter;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.Table;
import io.clinicalstreams.verifier.LedgerVerdict;
import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.source.Mark;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code verify ledger}: judges the lanes' ledger. */
@Command(
        name = "ledger",
        description = {
            "Checks the lanes' ledger, clinical.resource.accounted: for each lane and source partition, the ranges of"
                    + " offsets join, without a gap and without an overlap, up to the offsets that the lane has"
                    + " committed; both lanes read the same; and the output topics, as long as they hold all of their"
                    + " records, hold what the ledger counts. Lanes may be running.",
            "What must add up, for every range:",
            "  recording: resources = recorded + rekeyed + rejected + ignored",
            "  alerting:  resources = evaluated + learned + rekeyed + refused + passed-over",
            "A Bundle of n entries is n resources; any other record is one.",
            "Needs READ on the topics and DESCRIBE on the lanes' groups."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit codes: 0 everything is accounted for, 1 no verdict, 2 wrong usage or configuration, 3 something is"
                    + " not accounted for."
        })
final class LedgerCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        Catalogue catalogue = catalogueOptions.load();
        Verifier verifier = new Verifier(
                catalogue,
                cluster.clientSettings(catalogue.where()),
                catalogue.lanes(),
                spec.commandLine().getErr()::println);
        if (!verifier.topics().hasLedger()) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    "the catalogue has no topic "
                            + verifier.topics().accounted().name() + ", which verify ledger needs");
        }
        // Says in one line what is missing.
        verifier.startMark();
        LedgerVerdict verdict = verifier.ledger(Mark.BEGINNING);
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("environment", catalogue.environment());
        about.put("ledger", verdict.counted());
        CheckPrinter checks = new CheckPrinter(about, verdict.checks(), verdict.isGood());
        String gap = System.lineSeparator() + System.lineSeparator();
        output.print(() -> table(verdict) + gap + checks.table(), checks::fields);
        return verdict.isGood() ? ExitCode.OK : ExitCode.NOT_HELD;
    }

    private static Table table(LedgerVerdict verdict) {
        Table table = new Table("LANE", "COUNT", "WHAT");
        verdict.counted().forEach((lane, counts) -> {
            table.row(lane, Long.toString(counts.records()), "records");
            table.row(lane, Long.toString(counts.resources()), "resources, each with one outcome:");
            rows(table, lane, counts.outcomes());
            rows(table, lane, counts.findings());
        });
        return table;
    }

    private static void rows(Table table, String lane, Map<String, Map<String, Long>> groups) {
        groups.forEach((group, reasons) ->
                reasons.forEach((reason, count) -> table.row(lane, count.toString(), group + " " + reason)));
    }
}
