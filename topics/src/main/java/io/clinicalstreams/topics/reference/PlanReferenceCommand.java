package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.OutputOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code topics reference plan}: prints what apply would write. */
@Command(
        name = "plan",
        description = "Prints what apply would write, and writes nothing. Exit code 3 if there is a difference.",
        mixinStandardHelpOptions = true)
final class PlanReferenceCommand extends ReferenceAccess {

    @Mixin
    private final RuleOptions rules = new RuleOptions();

    @Override
    ExitCode run(ReferenceData data, OutputOption output) throws Exception {
        ReferencePlan plan = data.plan(rules.load());
        output.print(() -> ReferencePlanPrinter.table(plan), () -> ReferencePlanPrinter.fields(plan));
        return plan.isEmpty() ? ExitCode.OK : ExitCode.NOT_HELD;
    }
}
