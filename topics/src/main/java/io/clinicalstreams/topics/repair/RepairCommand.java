package io.clinicalstreams.topics.repair;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.repair.TransactionRepair.Abort;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.ClusterOwner;
import io.clinicalstreams.topics.terminal.Consent;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import io.clinicalstreams.topics.terminal.Table;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics repair}: aborts hanging transactions. */
@Command(
        name = "repair",
        description = "Finds hanging transactions in the topics of the catalogue, the lanes' internal topics and the "
                + "offsets of their groups, shows them on stderr, asks, and aborts them. Their records are dropped: "
                + "they were never committed, and the lanes process that input again. Takes up to half a minute, in "
                + "which a transaction that does not hang ends. Requires the rights to read these topics, to describe "
                + "every transactional id and to alter the cluster: use an administrator's login. A transaction that "
                + "its coordinator knows, or may know, is left alone. Prints what was done.",
        footer = {
            "",
            "Exit codes: 0 no hanging transaction is left, 1 failed or declined, 2 wrong usage, or not a terminal and",
            "no --yes, 3 with --dry-run: found some, or some are left to their coordinator."
        },
        mixinStandardHelpOptions = true)
public final class RepairCommand implements Callable<ExitCode> {

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private final Consent consent = new Consent();

    @Mixin
    private final ClusterOwner owner = new ClusterOwner();

    @Option(names = "--dry-run", description = "Print what would be aborted, and abort nothing.")
    private boolean dryRun;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public ExitCode call() {
        Catalogue catalogue = catalogueOptions.load();
        try (Admin admin = cluster.admin(catalogue.where())) {
            if (!dryRun) {
                owner.demand(catalogue, admin);
            }
            TransactionRepair repair = new TransactionRepair(catalogue, admin, InstantSource.system());
            List<Abort> plan = repair.plan();
            boolean isNeeded = plan.stream().anyMatch(Abort::isAllowed);
            if (isNeeded && !dryRun) {
                output.say(table(plan));
                Optional<ExitCode> refusal = consent.refusal("Type 'yes' to abort these transactions:", output);
                if (refusal.isPresent()) {
                    return refusal.get();
                }
                return end(StopSignal.interrupting(() -> repair.carryOut(plan)));
            }
            return end(plan);
        }
    }

    private ExitCode end(List<Abort> plan) {
        output.print(() -> table(plan), () -> Map.of("transactions", plan));
        if (plan.stream().map(Abort::state).anyMatch(EnumSet.of(Abort.State.FAILED, Abort.State.UNKNOWN)::contains)) {
            return ExitCode.FAILURE;
        }
        return plan.stream().allMatch(abort -> abort.state() == Abort.State.ABORTED) ? ExitCode.OK : ExitCode.NOT_HELD;
    }

    private static Object table(List<Abort> plan) {
        if (plan.isEmpty()) {
            return "no hanging transactions";
        }
        Table table = new Table("TOPIC", "PARTITION", "OFFSET", "PRODUCER", "STATE", "WHY");
        plan.forEach(abort -> table.row(
                abort.topic(),
                String.valueOf(abort.partition()),
                String.valueOf(abort.offset()),
                String.valueOf(abort.producerId()),
                abort.state().toString(),
                abort.why()));
        return table;
    }
}
