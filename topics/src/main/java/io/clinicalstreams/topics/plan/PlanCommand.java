package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.BrokerLimits;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics plan}: prints what apply would change on a cluster. */
@Command(
        name = "plan",
        description = "Prints where the cluster differs from the catalogue and what apply would do about it; changes "
                + "nothing. A change is safe, disruptive (records can be deleted or refused, or readers see a "
                + "difference; apply requires --allow-disruptive) or refused (apply never makes it). Topics in the "
                + "catalogue's domains that it does not list are unmanaged: apply never touches them. Brokers' settings that "
                + "contradict the environment, refuse a lane or replace a default are listed.",
        footer = {
            "",
            "Exit codes with --exit-code: 5 refused differences, else 4 disruptive changes, else 3 safe changes, else 6",
            "unmanaged topics, else 0. Settings that the brokers' version of Kafka does not know are skipped and do not",
            "count. Without it 0 if the plan was printed; 1 on failure, 2 on wrong usage."
        },
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<ExitCode> {

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Option(names = "--exit-code", description = "Report the kind of difference in the exit code; see below.")
    private boolean exitCode;

    public PlanCommand() {
        this(new ClusterOptions());
    }

    PlanCommand(ClusterOptions cluster) {
        this.cluster = cluster;
    }

    @Override
    public ExitCode call() {
        Catalogue catalogue = catalogueOptions.load();
        try (Admin admin = cluster.admin(catalogue.where())) {
            ClusterState actual = new ClusterReader(admin).read(catalogue);
            ClusterIdentity identity = ClusterIdentity.of(admin, catalogue.where());
            TopicPlan plan = TopicPlan.between(catalogue, actual);
            List<String> unmanaged = identity.unmanaged(catalogue);
            OtherEnvironment.refusal(catalogue, identity, actual)
                    .ifPresent(why -> output.say(why + ": apply would refuse"));
            BrokerComparison brokers = new BrokerComparison(catalogue, actual, BrokerLimits.of(admin));
            new TopicPlanPrinter(catalogue).print(plan, unmanaged, brokers, output);
            return exitCode ? exitCode(plan, unmanaged) : ExitCode.OK;
        }
    }

    /** The most severe kind of difference decides. */
    private static ExitCode exitCode(TopicPlan plan, List<String> unmanaged) {
        if (!plan.with(Effect.REFUSED).isEmpty()) {
            return ExitCode.REFUSED;
        }
        if (!plan.with(Effect.DISRUPTIVE).isEmpty()) {
            return ExitCode.DISRUPTIVE;
        }
        if (!plan.with(Effect.SAFE).isEmpty()) {
            return ExitCode.NOT_HELD;
        }
        return unmanaged.isEmpty() ? ExitCode.OK : ExitCode.UNMANAGED;
    }
}
