package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.command.OutputFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics reference apply}: makes the curated records of the topic the rules of the YAML. */
@Command(
        name = "apply",
        description =
                "Writes the curated rules that are new or different, and removes those that are no more. Records of "
                        + "other owners are not touched. Does nothing when nothing changed. Prints what was written.",
        mixinStandardHelpOptions = true)
final class ApplyReferenceCommand extends ReferenceAccess {

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Override
    int run(ReferenceData data, OutputFormat output) throws Exception {
        List<AlertRule> wanted = rules.load();
        print(PlanPrinter.print(data.apply(wanted), output));
        return 0;
    }
}
