package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.ClusterOwner;
import io.clinicalstreams.topics.terminal.Consent;
import io.clinicalstreams.topics.terminal.OutputOption;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics reference apply}: makes an owner's records in the topic match the rules of its file. */
@Command(
        name = "apply",
        description = "Shows old and new values on stderr, asks, writes the file's new and changed rules, and removes "
                + "the same owner's rules that are no longer in the file. Records of other owners are not touched. "
                + "Does nothing if nothing changed. Prints what was written.",
        mixinStandardHelpOptions = true)
final class ApplyReferenceCommand extends ReferenceAccess {

    @Mixin
    private final Consent consent = new Consent();

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Mixin
    private final ClusterOwner owner = new ClusterOwner();

    @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
    private boolean dryRun;

    @Override
    void beforeRun(Catalogue catalogue, Admin admin) {
        if (!dryRun) {
            owner.demand(catalogue, admin);
        }
    }

    @Override
    ExitCode run(ReferenceData data, OutputOption output) throws Exception {
        ReferencePlan plan = data.plan(rules.load());
        if (!dryRun && !plan.isEmpty()) {
            output.say(ReferencePlanPrinter.table(plan));
            Optional<ExitCode> refusal = consent.refusal(
                    "Type 'yes' to write %d and remove %d rules of %s:"
                            .formatted(plan.puts().size(), plan.tombstones().size(), plan.owner()),
                    output);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            try {
                StopSignal.interrupting(() -> {
                    data.carryOut(plan);
                    return plan;
                });
            } catch (KafkaException unfinished) {
                output.say(ClusterAnswer.inWords(unfinished));
                if (!isThere(data, unfinished)) {
                    return ExitCode.FAILURE;
                }
                output.say("the topic has all of them nevertheless");
            }
        }
        output.print(() -> ReferencePlanPrinter.table(plan), () -> ReferencePlanPrinter.fields(plan));
        return ExitCode.OK;
    }

    /** What was not confirmed may have been written. */
    private boolean isThere(ReferenceData data, KafkaException unfinished) {
        try {
            return !(unfinished.getCause() instanceof InterruptException)
                    && data.plan(rules.load()).isEmpty();
        } catch (KafkaException silent) {
            return false;
        }
    }
}
