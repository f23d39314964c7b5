package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.cluster.FailureText;
import io.clinicalstreams.topics.terminal.Confirmation;
import io.clinicalstreams.topics.terminal.Consent;
import io.clinicalstreams.topics.terminal.Interruption;
import io.clinicalstreams.topics.terminal.OutputFormat;
import java.util.OptionalInt;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics reference apply}: makes the curated records of the topic the rules of the YAML. */
@Command(
        name = "apply",
        description =
                "Writes the curated rules that are new or different, and removes those that are no more. Records of "
                        + "other owners are not touched. Does nothing when nothing changed. Asks only where rules are "
                        + "removed: the others are code, and were agreed on there. Shows on stderr what it is about to write, prints what "
                        + "was written.",
        mixinStandardHelpOptions = true)
final class ApplyReferenceCommand extends ReferenceAccess {

    private static final int FAILURE = 1;

    private final Consent consent = new Consent(Confirmation::atTheTerminal, this::say);

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask, also where rules are removed.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
    private boolean dryRun;

    @Override
    int run(ReferenceData data, OutputFormat output) throws Exception {
        ReferencePlan plan = data.plan(rules.load());
        if (!dryRun && !plan.isEmpty()) {
            say(ReferencePlanPrinter.print(plan, OutputFormat.TABLE));
            OptionalInt refusal = yes || plan.tombstones().isEmpty()
                    ? OptionalInt.empty()
                    : consent.refusal(
                            "Type 'yes' to remove " + plan.tombstones().size() + " of the rules that are there:");
            if (refusal.isPresent()) {
                return refusal.getAsInt();
            }
            Interruption interruption = Interruption.ofThisThread();
            try {
                data.carryOut(plan);
            } catch (KafkaException unfinished) {
                say(FailureText.of(unfinished));
                return FAILURE;
            } finally {
                interruption.end();
            }
        }
        print(ReferencePlanPrinter.print(plan, output));
        return 0;
    }
}
