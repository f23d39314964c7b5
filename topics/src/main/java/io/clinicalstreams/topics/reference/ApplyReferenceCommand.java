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

/** {@code topics reference apply}: makes an owner's records in the topic the rules of its file. */
@Command(
        name = "apply",
        description =
                "Shows old and new values on stderr, asks, writes the rules of the file that are new or different, and "
                        + "removes those of the same owner that it no longer has. Records of other owners are not touched. "
                        + "Does nothing when nothing changed. Prints what was written.",
        mixinStandardHelpOptions = true)
final class ApplyReferenceCommand extends ReferenceAccess {

    private static final int FAILURE = 1;

    private final Consent consent = new Consent(Confirmation::atTheTerminal, this::say);

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Print what would be written, and write nothing.")
    private boolean dryRun;

    @Override
    int run(ReferenceData data, OutputFormat output) throws Exception {
        ReferencePlan plan = data.plan(rules.load());
        if (!dryRun && !plan.isEmpty()) {
            say(ReferencePlanPrinter.print(plan, OutputFormat.TABLE));
            OptionalInt refusal = yes
                    ? OptionalInt.empty()
                    : consent.refusal("Type 'yes' to write %d and remove %d rules of %s:"
                            .formatted(plan.puts().size(), plan.tombstones().size(), plan.owner()));
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
