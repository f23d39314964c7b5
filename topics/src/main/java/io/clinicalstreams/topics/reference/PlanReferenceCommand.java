package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.terminal.OutputFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics reference plan}: what apply would write. */
@Command(
        name = "plan",
        description = "Prints what apply would write, and writes nothing. Exit code 3 when there is a difference.",
        mixinStandardHelpOptions = true)
final class PlanReferenceCommand extends ReferenceAccess {

    private static final int DRIFT = 3;

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Override
    int run(ReferenceData data, OutputFormat output) throws Exception {
        ReferencePlan plan = data.plan(rules.load());
        print(ReferencePlanPrinter.print(plan, output));
        return plan.isEmpty() ? 0 : DRIFT;
    }
}
