package io.clinicalstreams.topics.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.OutputFormat;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics plan}: what apply would change on a cluster. */
@Command(
        name = "plan",
        description = "Prints where the cluster is not as the catalogue wants it, and what apply would do about it; "
                + "changes nothing. A change is safe, disruptive (records can be deleted or refused, or readers see "
                + "something else) or refused (apply will not do it).",
        mixinStandardHelpOptions = true)
public final class PlanCommand implements Callable<Integer> {

    private static final int DRIFT = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Mixin
    private final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            converter = OutputFormat.Reading.class,
            paramLabel = "table|json",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private OutputFormat output = OutputFormat.TABLE;

    @Option(names = "--exit-code", description = "Exit with 3 when there is a difference; without it with 0.")
    private boolean exitCode;

    @Override
    public Integer call() throws JsonProcessingException {
        Catalogue catalogue = catalogueOptions.load();
        try (Admin admin = cluster.admin(catalogue.where())) {
            TopicPlan plan = TopicPlan.between(catalogue, new ClusterReader(admin).read(catalogue));
            spec.commandLine().getOut().println(new TopicPlanPrinter(catalogue).print(plan, output));
            return exitCode && !plan.isEmpty() ? DRIFT : 0;
        }
    }
}
